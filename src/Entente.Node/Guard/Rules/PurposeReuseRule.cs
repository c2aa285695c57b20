using System.Globalization;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>What was given for one purpose is used for another only when its giver has been asked again.</summary>
internal sealed class PurposeReuseRule : IRule
{
    public string Id => "purpose";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        var held = disclosure.Leaves
            ? disclosure.Foreign.FirstOrDefault(content =>
                content.Purpose is { } purpose && !content.PurposePermitted && !Same(purpose, disclosure.Purpose)
            )
            : null;
        return held is null
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase("guard.purpose.reason", held.GivenBy),
                    new Phrase("guard.source.text", "Directive (EU) 2016/680 art. 4(2), art. 9(3)"),
                    new Phrase("guard.purpose.remedy", held.GivenBy),
                    Role.Officer
                )
            );
    }

    private static bool Same(string given, string? now) =>
        CultureInfo.InvariantCulture.CompareInfo.Compare(
            Words(given),
            Words(now ?? ""),
            CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace
        ) == 0;

    private static string Words(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
