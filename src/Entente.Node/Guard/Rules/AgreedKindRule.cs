using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Protocol;

namespace Entente.Node.Guard.Rules;

/// <summary>Only the kinds of message the two partners agreed for the link.</summary>
internal sealed class AgreedKindRule : IRule
{
    public string Id => "kind";

    public bool Foreseen => true;

    public ValueTask<Finding?> CheckAsync(Disclosure disclosure, CancellationToken cancellation)
    {
        if (disclosure is not { Leaves: true, Link.Settings: { } settings } || Agreed(settings, disclosure.Kind))
        {
            return default;
        }

        return new(
            new Finding(
                Id,
                Verdict.Refuse,
                new Phrase("guard.kind.reason", "guard.kind." + disclosure.Kind),
                new Phrase("guard.source.link", settings.Version.ToString(CultureInfo.InvariantCulture)),
                new Phrase("guard.kind.remedy"),
                Role.Security
            )
        );
    }

    /// <summary>
    /// Progress and permission messages tell nothing new about a matter, and a correction is owed to whoever was told what it
    /// corrects: they go wherever requests, answers, information or alerts go.
    /// </summary>
    public static bool Agreed(LinkSettings settings, string kind) =>
        settings.Kinds.Contains(kind)
        || (
            kind is Kinds.Progress or Kinds.Permission or Kinds.Correction
            && settings.Kinds.Overlaps([Kinds.Request, Kinds.Answer, Kinds.Information, Kinds.Alert])
        );
}
