using System.Globalization;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Guard.Rules;

/// <summary>Only the categories of data the two partners agreed for the link; special ones only where named.</summary>
internal sealed class DataCategoryRule : IRule
{
    public string Id => "data";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure is not { Leaves: true, Link.Settings: { } settings })
        {
            return default;
        }

        var special = disclosure.SpecialCategories.FirstOrDefault(category =>
            settings.DataCategories?.Contains(category) != true
        );
        var other = settings.DataCategories is { } agreed
            ? disclosure.DataCategories.FirstOrDefault(category => !agreed.Contains(category))
            : null;
        return (special ?? other) is not { } category
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase("guard.data.reason", "data." + category),
                    new Phrase("guard.source.link", settings.Version.ToString(CultureInfo.InvariantCulture)),
                    new Phrase("guard.data.remedy"),
                    Role.Security
                )
            );
    }
}
