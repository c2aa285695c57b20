namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>A message that moves a request's clock.</summary>
internal sealed record ClockEvent
{
    /// <summary>The message's.</summary>
    public required string Id { get; init; }

    public required string RequestId { get; init; }

    /// <summary>`out` or `in`.</summary>
    public required string Direction { get; init; }

    /// <summary>One of <see cref="ClockMoves"/>.</summary>
    public required string Move { get; init; }

    public required DateTimeOffset Sent { get; init; }

    /// <summary>The receipt's time, from which it counts on both sides; null until it is here.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>When the answer is expected, with an authorisation awaited.</summary>
    public DateTimeOffset? Expected { get; init; }
}

internal static class ClockMoves
{
    /// <summary>The asked side cannot answer before the asker has made something clear.</summary>
    public const string Asked = "asked";

    /// <summary>The asker has, or the asked side no longer needs it.</summary>
    public const string Clarified = "clarified";

    /// <summary>The asked side awaits a judicial authorisation, or says anew how long.</summary>
    public const string Authorising = "authorising";

    /// <summary>The authorisation was given or refused: the asked side can answer.</summary>
    public const string Authorised = "authorised";
}
