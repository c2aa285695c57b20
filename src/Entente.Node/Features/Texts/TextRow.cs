namespace Entente.Node.Features.Texts;

/// <summary>A joint text as lists show it.</summary>
public sealed record TextRow
{
    public string Id { get; init; } = "";

    /// <summary>The other node.</summary>
    public string Partner { get; init; } = "";
    public string Country { get; init; } = "";
    public string Kind { get; init; } = "";

    /// <summary>In our own language where there is one, else the first.</summary>
    public string Title { get; init; } = "";
    public string State { get; init; } = "";
    public int Rank { get; init; }
    public int Disagreements { get; init; }

    /// <summary>Clauses that wait for our word.</summary>
    public int Waiting { get; init; }
    public string? Amends { get; init; }
    public string? Meeting { get; init; }

    /// <summary>Of the text in force.</summary>
    public string? Sha256 { get; init; }
    public DateTimeOffset? InForceAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }
    public bool Stale { get; init; }

    public bool IsInForce => State == TextStates.InForce;
}

/// <summary>Where a text stands.</summary>
internal static class TextStates
{
    /// <summary>Only here, nothing sent yet.</summary>
    public const string Draft = "draft";
    public const string Negotiating = "negotiating";
    public const string SignedHere = "signed-here";
    public const string SignedThere = "signed-there";
    public const string InForce = "in-force";
}
