namespace Entente.Reading;

/// <summary>A piece of the original text: where it starts and how many UTF-16 units it has.</summary>
public readonly record struct Span(int Start, int Length)
{
    public int End => Start + Length;
}

/// <summary>A value found in a text, with the words it came from.</summary>
/// <param name="Confidence">The share of such values that proved right on labelled texts, 0 to 1.</param>
/// <param name="Spans">Never empty.</param>
/// <param name="Entry">The knowledge entry or rule that fired, as <c>domains/terrorism: terroris*</c>.</param>
public sealed record Found<T>(T Value, double Confidence, IReadOnlyList<Span> Spans, string Entry);

/// <summary>What one communiqué or press text says about one encounter. Every value is the text's own.</summary>
/// <param name="Language">ISO 639-1 of the body.</param>
/// <param name="Partners">ISO 3166-1 alpha-2 codes of the cooperating states (and EU), sorted.</param>
/// <param name="SetAside">Page furniture, repeats, comments: kept out of the reading, shown on review.</param>
public sealed record Reading(
    string Language,
    Found<DateOnly>? Published,
    Encounter Encounter,
    IReadOnlyList<Found<string>> Partners,
    IReadOnlyList<Participant> Participants,
    IReadOnlyList<Found<string>> Bodies,
    IReadOnlyList<Found<string>> Domains,
    IReadOnlyList<Found<string>> Commitments,
    IReadOnlyList<Instrument> Instruments,
    IReadOnlyList<Result> Results,
    IReadOnlyList<Found<string>> Mentioned,
    IReadOnlyList<SetAside> SetAside,
    string? Title
);

/// <param name="Kind">meeting, visit, call, signing, operation, statement or none.</param>
/// <param name="Place">A city in its usual Latin form.</param>
/// <param name="Formats">plenary, enlarged, one-on-one, on-the-margins, by-video, by-phone.</param>
public sealed record Encounter(
    Found<string> Kind,
    Found<DateOnly>? Date,
    Found<string>? Place,
    IReadOnlyList<Found<string>> Formats
);

/// <param name="Name">In Latin script, without honorifics.</param>
/// <param name="Native">The spelling of the text where that is not Latin.</param>
/// <param name="Role">interior-minister, service-head, …: the closed list of the vocabulary <c>posts</c>.</param>
/// <param name="Side">ISO code of the state represented.</param>
/// <param name="Title">The post as the text writes it; empty where the text gives none.</param>
public sealed record Participant(
    string Name,
    string? Native,
    string Role,
    string Side,
    string Title,
    double Confidence,
    IReadOnlyList<Span> Spans,
    string Entry
);

/// <param name="Type">agreement, memorandum, declaration-of-intent, …</param>
/// <param name="Status">signed, adopted, existing, expected or proposed.</param>
/// <param name="Date">As precise as the text: <c>2022</c>, <c>2022-04</c>, <c>2022-04-07</c>; null if unsaid.</param>
/// <param name="Words">The instrument as the text names it.</param>
public sealed record Instrument(
    string Type,
    string Status,
    string? Date,
    string Words,
    double Confidence,
    IReadOnlyList<Span> Spans,
    string Entry
);

/// <param name="Type">network-dismantled, arrests, seizure, attack-foiled, victims-rescued, attempts-thwarted.</param>
/// <param name="Count">People, pieces, or kilograms of drugs and explosives; null if unsaid.</param>
/// <param name="Countries">Where it happened, ISO codes.</param>
public sealed record Result(
    string Type,
    decimal? Count,
    IReadOnlyList<string> Countries,
    double Confidence,
    IReadOnlyList<Span> Spans,
    string Entry
);

/// <param name="Reason">menu, related, comment, prompt, repeat, caption, furniture, length (beyond what is read).</param>
public sealed record SetAside(Span Span, string Reason);

/// <summary>What the caller already knows about a text.</summary>
/// <param name="Url">The page it came from; its date, if any, dates the text.</param>
/// <param name="Published">Publication date given by the source, used when the text has none.</param>
/// <param name="KnownNames">Arabic spelling to the Latin spelling its own administration uses.</param>
public sealed record ReadingHints(
    string? Url = null,
    DateOnly? Published = null,
    IReadOnlyDictionary<string, string>? KnownNames = null
);
