using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Profiles;

namespace Entente.Node.Guard.Rules;

/// <summary>
/// The rules of the link are the very file that both partners signed with its terms. With another file, or none, nothing
/// can be judged by what was agreed, and nothing goes.
/// </summary>
internal sealed class ProfileRule : IRule
{
    public string Id => "profile";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure is not { Leaves: true, Link.Settings: { ProfileSha256: { } signed } settings })
        {
            return default;
        }

        var carried =
            disclosure.Link.ProfileHere
            ?? LegalProfiles.Shipped.Find(settings.ProfileId, settings.ProfileVersion)?.Sha256;
        return carried == signed
            ? default
            : new(
                new Finding(
                    Id,
                    Verdict.Refuse,
                    new Phrase(
                        carried is null ? "guard.profile.missing" : "guard.profile.reason",
                        settings.ProfileId,
                        settings.ProfileVersion
                    ),
                    new Phrase("guard.source.link", settings.Version.ToString(CultureInfo.InvariantCulture)),
                    new Phrase("guard.profile.remedy"),
                    Role.Security
                )
            );
    }
}
