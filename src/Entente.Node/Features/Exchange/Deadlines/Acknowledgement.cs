namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>
/// Within what time an alert is to be taken in charge. No law sets it: its sender does, by a code in the message. A code that
/// this node does not know is the shortest one, for an alert is never turned away over it.
/// </summary>
internal static class Acknowledgement
{
    public const string Usual = "1h";

    private const string Prefix = "alert-";

    private static readonly Dictionary<string, TimeSpan> Spans = new(StringComparer.Ordinal)
    {
        ["15m"] = TimeSpan.FromMinutes(15),
        ["1h"] = TimeSpan.FromHours(1),
        ["4h"] = TimeSpan.FromHours(4),
        ["24h"] = TimeSpan.FromHours(24),
    };

    /// <summary>The shortest first.</summary>
    public static IReadOnlyList<string> Codes { get; } = [.. Spans.OrderBy(s => s.Value).Select(s => s.Key)];

    /// <summary>The time that a code of the wire grants.</summary>
    public static TimeSpan Span(string? code) => Spans[Known(code)];

    /// <summary>The urgency under which a row keeps the code: `alert-1h`.</summary>
    public static string Urgency(string? code) => Prefix + Known(code);

    /// <summary>Null where the urgency is no alert's.</summary>
    public static TimeSpan? SpanOf(string urgency) =>
        urgency.StartsWith(Prefix, StringComparison.Ordinal) ? Span(urgency[Prefix.Length..]) : null;

    /// <summary>The unit is alerted at once, the supervisors when half of the time is over.</summary>
    public static ClockReading Read(DateTimeOffset received, TimeSpan span) =>
        new(ClockState.Running, received + span)
        {
            SortAt = received,
            WarnAt = received,
            EscalateAt = received + (span / 2),
        };

    private static string Known(string? code) => code is not null && Spans.ContainsKey(code) ? code : Codes[0];
}
