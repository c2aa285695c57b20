namespace Entente.Reading.Measuring;

/// <summary>What a value rests on, in a few words: values of one kind are right about equally often.</summary>
internal static class EvidenceKind
{
    public static string Of<T>(Found<T> found) => Of(found.Entry, found.Spans);

    /// <summary>With a post of their own, with a word as "counterpart", or by an honorific only.</summary>
    public static string Of(Participant person) =>
        $"{Source(person.Entry)}{(person.Role == "other-official" ? " vague" : "")}";

    public static string Of(Instrument instrument) => instrument.Status;

    public static string Of(Result result) => result.Count is null ? "uncounted" : "counted";

    private static string Of(string entry, IReadOnlyList<Span> spans) =>
        Source(entry) switch
        {
            "domains" or "commitments" or "frames" or "bodies" or "services" => Often(spans.Count),
            "rule/sides" => Often(spans.Count),
            var source => source,
        };

    private static string Source(string entry) =>
        entry.StartsWith("rule/", StringComparison.Ordinal) || entry.StartsWith("kind/", StringComparison.Ordinal)
            ? entry
            : entry[..Math.Max(0, entry.IndexOf('/', StringComparison.Ordinal))];

    private static string Often(int times) =>
        times switch
        {
            1 => "said once",
            2 => "said twice",
            _ => "said often",
        };
}
