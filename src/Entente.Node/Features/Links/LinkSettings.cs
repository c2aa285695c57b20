namespace Entente.Node.Features.Links;

/// <summary>What the two partners agreed that this link may carry. A change is a new version.</summary>
public sealed record LinkSettings
{
    public required int Version { get; init; }

    /// <summary>Highest classification rank: 0 unclassified, 1 restricted grade (the default), 2 confidential, 3 secret, 4 top secret.</summary>
    public required int CeilingRank { get; init; }

    /// <summary>Domains agreed (`terrorism`, `drug-trafficking`, …).</summary>
    public required IReadOnlySet<string> Domains { get; init; }

    /// <summary>Message kinds agreed (`request`, `answer`, …).</summary>
    public required IReadOnlySet<string> Kinds { get; init; }

    /// <summary>Legal profile the link follows: id of a data file (`eu-2023-977`).</summary>
    public required string ProfileId { get; init; }

    /// <summary>Its dated version (`2023-06-11`).</summary>
    public required string ProfileVersion { get; init; }

    /// <summary>
    /// SHA-256 of the profile's file, base64url, as both sides signed it with these terms; null where this program does not
    /// carry the profile.
    /// </summary>
    public string? ProfileSha256 { get; init; }

    /// <summary>
    /// Categories of data agreed: kinds of subject (`person`, `vehicle`, …) and special categories by name. Null: every
    /// kind of subject, no special category.
    /// </summary>
    public IReadOnlySet<string>? DataCategories { get; init; }

    /// <summary>What the partners agreed each side's levels equal on the other; null while they agreed none, and nothing above unclassified goes.</summary>
    public IReadOnlyList<LevelEquivalence>? Equivalences { get; init; }
}
