namespace Entente.Node.Features.Commitments;

/// <summary>What one side says of a commitment.</summary>
public sealed record CommitmentReport
{
    public string Commitment { get; init; } = "";

    /// <summary>The node.</summary>
    public string Side { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Author { get; init; } = "";
    public string State { get; init; } = "";
    public int? Figure { get; init; }
    public string Note { get; init; } = "";
}

/// <summary>What the system counts for a commitment, and what the sides say.</summary>
/// <param name="Value">In the indicator's unit; null where nothing can be said yet.</param>
/// <param name="Sent">Messages that served it, sent.</param>
public sealed record CommitmentStanding(
    string Commitment,
    int? Value,
    int Sent,
    int Received,
    CommitmentReport? Ours,
    CommitmentReport? Theirs
)
{
    /// <summary>The two sides do not say the same.</summary>
    public bool Disputed => Ours is not null && Theirs is not null && Ours.State != Theirs.State;
}
