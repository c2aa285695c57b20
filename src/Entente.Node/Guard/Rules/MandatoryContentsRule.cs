using Entente.Node.Features.Accounts;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Guard.Rules;

/// <summary>A request says everything the link's legal profile wants said, or the other side may refuse it.</summary>
internal sealed class MandatoryContentsRule : IRule
{
    public string Id => "contents";

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure is not { Leaves: true, Kind: Kinds.Request, Link: { } link })
        {
            return default;
        }

        if (disclosure.Profile is not { } profile)
        {
            return new(
                Missing(
                    new Phrase("guard.contents.no-profile", link.Settings.ProfileId, link.Settings.ProfileVersion),
                    new Phrase("guard.source.link", $"{link.Settings.Version}"),
                    Role.Security
                )
            );
        }

        var missing = profile.RequestContents.FirstOrDefault(content =>
            Wanted(content, disclosure) && !disclosure.Contents.Contains(content.Code)
        );
        return missing is null
            ? default
            : new(
                Missing(
                    new Phrase("guard.contents.reason", "guard.contents." + missing.Code),
                    new Phrase("guard.source.text", missing.Source),
                    Role.Officer
                )
            );
    }

    private static bool Wanted(RequiredContent content, Disclosure disclosure) =>
        content.When switch
        {
            "urgent" => disclosure.Urgent,
            "subjects" => disclosure.NamesSubjects,
            _ => true,
        };

    private Finding Missing(Phrase reason, Phrase source, Role whoCan) =>
        new(Id, Verdict.Refuse, reason, source, new Phrase("guard.contents.remedy"), whoCan);
}
