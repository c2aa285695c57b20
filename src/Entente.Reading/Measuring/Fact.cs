using System.Globalization;
using System.Text.Json;

namespace Entente.Reading.Measuring;

/// <summary>One value of a reading or of a label, flat, so that the two can be compared field by field.</summary>
/// <param name="Field">encounter.kind, partners, participants.name, …: the names that labelled texts use.</param>
/// <param name="Value">The name, code or date; of an instrument type and status, of a result type and count.</param>
/// <param name="Evidence">What kind of evidence found it: the left column of common/precision.list.</param>
internal sealed record Fact(string Field, string Value, string Evidence = "")
{
    public string? Native { get; init; }
    public string? Role { get; init; }
    public string? Side { get; init; }
}

/// <summary>A label (the JSON beside a labelled text) and a reading, as facts.</summary>
internal static class Facts
{
    public static List<Fact> OfLabel(JsonElement label)
    {
        var facts = new List<Fact>();
        Add(facts, label, "language", "published");
        var encounter = label.GetProperty("encounter");
        AddOne(facts, encounter, "kind", "encounter.kind");
        AddOne(facts, encounter, "date", "encounter.date");
        AddOne(facts, encounter, "place", "encounter.place");
        AddList(facts, encounter, "formats", "encounter.formats");
        foreach (var list in (ReadOnlySpan<string>)["partners", "domains", "commitments", "bodies"])
            AddList(facts, label, list, list);
        foreach (var person in List(label, "participants"))
            facts.Add(
                new Fact("participants.name", Text(person, "name") ?? "")
                {
                    Native = Text(person, "native"),
                    Role = Text(person, "role"),
                    Side = Text(person, "side"),
                }
            );
        foreach (var one in List(label, "instruments"))
            facts.Add(new Fact("instruments", $"{Text(one, "type")} {Text(one, "status")}"));
        foreach (var one in List(label, "results"))
            facts.Add(new Fact("results", $"{Text(one, "type")} {Count(one)}".TrimEnd()));
        foreach (var one in List(label, "mentioned"))
            facts.Add(
                new Fact(
                    "mentioned",
                    one.ValueKind == JsonValueKind.String ? one.GetString()! : Text(one, "name") ?? ""
                )
            );
        return facts;
    }

    public static List<Fact> OfReading(Reading reading)
    {
        var facts = new List<Fact> { new("language", reading.Language) };
        if (reading.Published is { } published)
            facts.Add(new Fact("published", Iso(published.Value), EvidenceKind.Of(published)));
        var met = reading.Encounter;
        facts.Add(new Fact("encounter.kind", met.Kind.Value, EvidenceKind.Of(met.Kind)));
        if (met.Date is { } date)
            facts.Add(new Fact("encounter.date", Iso(date.Value), EvidenceKind.Of(date)));
        if (met.Place is { } place)
            facts.Add(new Fact("encounter.place", place.Value, EvidenceKind.Of(place)));
        AddAll(facts, "encounter.formats", met.Formats);
        AddAll(facts, "partners", reading.Partners);
        AddAll(facts, "domains", reading.Domains);
        AddAll(facts, "commitments", reading.Commitments);
        AddAll(facts, "bodies", reading.Bodies);
        foreach (var person in reading.Participants)
            facts.Add(
                new Fact("participants.name", person.Name, EvidenceKind.Of(person))
                {
                    Native = person.Native,
                    Role = person.Role,
                    Side = person.Side,
                }
            );
        foreach (var one in reading.Instruments)
            facts.Add(new Fact("instruments", $"{one.Type} {one.Status}", EvidenceKind.Of(one)));
        foreach (var one in reading.Results)
            facts.Add(new Fact("results", $"{one.Type} {Count(one.Count)}".TrimEnd(), EvidenceKind.Of(one)));
        AddAll(facts, "mentioned", reading.Mentioned);
        return facts;
    }

    private static void AddAll(List<Fact> facts, string field, IReadOnlyList<Found<string>> values) =>
        facts.AddRange(values.Select(found => new Fact(field, found.Value, EvidenceKind.Of(found))));

    private static void Add(List<Fact> facts, JsonElement label, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            AddOne(facts, label, key, key);
    }

    private static void AddOne(List<Fact> facts, JsonElement label, string key, string field)
    {
        if (Text(label, key) is { Length: > 0 } text)
            facts.Add(new Fact(field, text));
    }

    private static void AddList(List<Fact> facts, JsonElement label, string key, string field) =>
        facts.AddRange(List(label, key).Select(one => new Fact(field, one.GetString() ?? "")));

    private static IEnumerable<JsonElement> List(JsonElement label, string key) =>
        label.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];

    private static string? Text(JsonElement label, string key) =>
        label.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static string Count(JsonElement result) =>
        result.TryGetProperty("count", out var count)
        && count.ValueKind == JsonValueKind.Number
        && count.TryGetDecimal(out var number)
            ? Count(number)
            : "";

    private static string Count(decimal? count) => count?.ToString("0.###", CultureInfo.InvariantCulture) ?? "";

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
