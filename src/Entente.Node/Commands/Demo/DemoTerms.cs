using System.Collections.Frozen;
using Entente.Node.Features.Links;
using Entente.Node.Profiles;

namespace Entente.Node.Commands.Demo;

/// <summary>What the demo's partners agreed for their links.</summary>
internal static class DemoTerms
{
    /// <summary>No treaty says what Morocco's levels equal, so the demo invents it and says so.</summary>
    private const string Invented = "Exemple inventé pour la démonstration / invented for the demonstration";

    /// <summary>The terms as one side keeps them: its own levels and what they equal at the other.</summary>
    public static LinkSettings Between(LinkSettings settings, string ours, string theirs)
    {
        var markings = new MarkingBook();
        var (own, other) = (markings.For(ours), markings.For(theirs));
        return settings with
        {
            Equivalences = KnownEquivalences.Between(own, other) ?? KnownEquivalences.ByRank(own, other, Invented),
        };
    }

    /// <summary>
    /// Morocco is outside the directive on exchange between Member States, so each pair adopts the basic bilateral rules.
    /// Restricted grade at most; migration stays with other channels, so that a domain can be seen refused.
    /// </summary>
    public static readonly LinkSettings Settings = new()
    {
        Version = 1,
        CeilingRank = 1,
        Domains = new[]
        {
            "terrorism",
            "foreign-fighters",
            "extremism",
            "organised-crime",
            "drug-trafficking",
            "migrant-smuggling",
            "human-trafficking",
            "border-security",
            "cybercrime",
            "money-laundering",
            "arms-trafficking",
            "document-fraud",
            "civil-protection",
            "police-training",
            "major-events",
        }.ToFrozenSet(),
        Kinds = new[]
        {
            "request",
            "answer",
            "information",
            "alert",
            "proposal",
            "adoption",
            "activity",
            "progress",
            "permission",
            "correction",
        }.ToFrozenSet(),
        ProfileId = "bilateral-basic",
        ProfileVersion = "2026-01-01",
    };
}
