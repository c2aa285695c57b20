namespace Entente.Node.Features.Exchange.Rounds;

/// <summary>One partner's part in an alert that was raised to several at once.</summary>
public sealed record WarnedPartner
{
    public required string Message { get; init; }
    public required string Round { get; init; }
    public required string CaseId { get; init; }
    public required string Partner { get; init; }
    public required string Country { get; init; }

    /// <summary>Our unit that raised it.</summary>
    public required string Unit { get; init; }
    public required string Author { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>The approval it waited for; null where it left at once.</summary>
    public string? Approval { get; init; }
}

/// <param name="Row">Null while it waits for a second person, or where that person said no.</param>
/// <param name="Subject">Null where the reader may not see it.</param>
public sealed record WarnedStanding(WarnedPartner Warned, RequestRow? Row, string? Subject);

/// <summary>A draft of the round as it was judged; what stops one stops all.</summary>
public sealed record RoundDraft(RequestDraft Draft, ReviewedDraft? Review, IReadOnlyList<ExchangeError> Faults)
{
    public bool Stops => Faults.Count > 0 || Review is not { Decision.Verdict: not Guard.Verdict.Refuse };
}
