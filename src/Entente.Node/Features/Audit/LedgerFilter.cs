using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Features.Audit;

/// <summary>Which events somebody wants to see; nothing set means all.</summary>
/// <param name="From">The first day, in the node's time zone.</param>
/// <param name="To">The last day, itself included.</param>
public sealed record LedgerFilter(
    string? Action = null,
    string? Object = null,
    string? Actor = null,
    string? Link = null,
    DateOnly? From = null,
    DateOnly? To = null
)
{
    public bool IsEmpty => this == new LedgerFilter();

    /// <summary>Reads an address as a person may have typed it: what makes no sense is left out.</summary>
    public static LedgerFilter Of(
        string? action,
        string? @object,
        string? actor,
        string? link,
        string? from,
        string? to
    ) => new(Word(action), Word(@object), Word(actor), Word(link), Day(from), Day(to));

    /// <summary>The address of the page with this filter.</summary>
    public string Address(string path, params (string Name, string? Value)[] more)
    {
        var values = new Dictionary<string, string?>
        {
            ["action"] = Action,
            ["object"] = Object,
            ["actor"] = Actor,
            ["link"] = Link,
            ["from"] = Text(From),
            ["to"] = Text(To),
        };
        foreach (var (name, value) in more)
        {
            values[name] = value;
        }

        return QueryHelpers.AddQueryString(path, values.Where(v => v.Value is not null));
    }

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
