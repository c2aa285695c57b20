using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Node.Features.Readings;

/// <summary>What was read in one text, as the officer has left it so far.</summary>
public sealed record Draft
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public required string Language { get; init; }

    public required IReadOnlyList<DraftValue> Values { get; init; }

    /// <summary>Page furniture: greyed on review, never hidden.</summary>
    public IReadOnlyList<SetAsideSpan> SetAside { get; init; } = [];

    public static Draft Parse(string json) => JsonSerializer.Deserialize<Draft>(json, Json)!; // Written by ToJson.

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    public IEnumerable<DraftValue> Kept(string field) => Values.Where(v => v.Field == field && !v.Rejected);

    public string? Single(string field) => Kept(field).FirstOrDefault()?.PartOrNull("value");

    public IReadOnlyList<string> Many(string field) =>
        [.. Kept(field).Select(v => v.Part("value")).Distinct(StringComparer.Ordinal)];

    public string Kind => Single("kind") ?? "none";

    /// <summary>Mean over the kept values; an empty draft is worth nothing.</summary>
    public double Confidence => Values.Where(v => !v.Rejected).Select(v => v.Confidence).DefaultIfEmpty(0).Average();

    public Draft With(DraftValue changed) =>
        this with
        {
            Values = [.. Values.Select(v => v.Id == changed.Id ? changed : v)],
        };

    public Draft Adding(DraftValue one) => this with { Values = [.. Values, one] };

    public string NextId() =>
        $"v{Values.Select(v => int.Parse(v.Id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max() + 1}";
}

/// <param name="Reason">`menu`, `related`, `comment`, …</param>
public sealed record SetAsideSpan(int Start, int Length, string Reason)
{
    public int End => Start + Length;
}
