using System.Globalization;
using Entente.Node.Features.Delivery;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>A list's filter and place, in its address.</summary>
public sealed record ListQuery(ListFilter Filter, PageKey? Key)
{
    public static ListQuery Of(IQueryCollection query, string show = "open")
    {
        var filter = new ListFilter
        {
            Show = Said(query, "show") ?? show,
            Partner = Said(query, "partner"),
            Urgency = Said(query, "urgency"),
            Words = Said(query, "q"),
        };
        return new ListQuery(filter, PageKeyOf(Said(query, "after")));
    }

    public string? Next(string path, PageKey? next) =>
        next is null
            ? null
            : QueryHelpers.AddQueryString(
                First(path, always: true)!, // Always.
                "after",
                $"{next.At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}.{next.Id}"
            );

    /// <summary>The list's beginning, offered once one has left it.</summary>
    public string? First(string path, bool always = false) =>
        Key is null && !always
            ? null
            : QueryHelpers.AddQueryString(
                path,
                new Dictionary<string, string?>
                {
                    ["show"] = Filter.Show,
                    ["partner"] = Filter.Partner,
                    ["urgency"] = Filter.Urgency,
                    ["q"] = Filter.Words,
                }
            );

    private static PageKey? PageKeyOf(string? text) =>
        text?.Split('.', 2) is [var at, var id]
        && long.TryParse(at, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time)
        && time is >= 0 and < 253402300800000
            ? new PageKey(DateTimeOffset.FromUnixTimeMilliseconds(time), id)
            : null;

    private static string? Said(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } text ? text : null;
}
