using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>Trust and transport to one partner node.</summary>
public sealed record Link
{
    /// <summary>The partner's node id.</summary>
    public required string Partner { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the partner, upper case.</summary>
    public required string Country { get; init; }

    /// <summary>The partner authority's name by language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    public required LinkState State { get; init; }

    public required LinkSettings Settings { get; init; }

    /// <summary>SHA-256 of the file of its profile on this node; null where there is none.</summary>
    public string? ProfileHere { get; init; }

    public DateTimeOffset StateAt { get; init; }

    /// <summary>Why the link is suspended: an officer's words, or a code where the node stopped it (`fork`).</summary>
    public string? Reason { get; init; }

    /// <summary>Logins of the security officers who compared the safety number for the partner's present key.</summary>
    public IReadOnlyList<string> ConfirmedBy { get; init; } = [];

    /// <summary>The partner's current card. Null only where a test makes a link out of nothing.</summary>
    public LinkCard? Card { get; init; }
}
