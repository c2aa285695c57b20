namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>What a clock does.</summary>
internal static class ClockState
{
    public const string Running = "running";

    /// <summary>Stands until the asker has made its request clear.</summary>
    public const string Clarification = "clarification";

    /// <summary>Stands until a judge has authorised the answer.</summary>
    public const string Authorisation = "authorisation";
}

/// <summary>Where a legal clock stands.</summary>
/// <param name="Due">Null while it is stopped.</param>
internal sealed record ClockReading(string State, DateTimeOffset? Due)
{
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Of the limit, while it is stopped.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>When the asked side expects to answer, while it awaits an authorisation.</summary>
    public DateTimeOffset? Expected { get; init; }

    /// <summary>Where it stands in a list of the most urgent first.</summary>
    public required DateTimeOffset SortAt { get; init; }

    /// <summary>A judicial authorisation was awaited, whether or not it still is.</summary>
    public bool Authorisation { get; init; }

    /// <summary>From then on the unit is alerted.</summary>
    public DateTimeOffset? WarnAt { get; init; }

    /// <summary>From then on the supervisors are.</summary>
    public DateTimeOffset? EscalateAt { get; init; }
}
