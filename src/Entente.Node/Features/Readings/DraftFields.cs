using Entente.Node.Features.Record;

namespace Entente.Node.Features.Readings;

/// <summary>The fields of a draft, in the order of the review page, with the parts of each value.</summary>
internal static class DraftFields
{
    private static readonly IReadOnlyList<string> Kinds =
    [
        "meeting",
        "visit",
        "call",
        "signing",
        "operation",
        "statement",
        "none",
    ];

    public static readonly IReadOnlyList<DraftField> All =
    [
        new("kind", Once: true, [new("value", PartShape.Code, "encounter", Kinds)]),
        new("date", Once: true, [new("value", PartShape.Day)]),
        new("place", Once: true, [new("value", PartShape.Words)]),
        new("format", Once: false, [new("value", PartShape.Code, "format", Codes.Formats)]),
        new("partner", Once: false, [new("value", PartShape.Country)]),
        new(
            "participant",
            Once: false,
            [
                new("name", PartShape.Words),
                new("native", PartShape.Optional),
                new("role", PartShape.Code, "role", Codes.Roles),
                new("side", PartShape.Country),
                new("title", PartShape.Optional),
            ]
        ),
        new("body", Once: false, [new("value", PartShape.Words)]),
        new("domain", Once: false, [new("value", PartShape.Code, "domain", Codes.Domains)]),
        new("commitment", Once: false, [new("value", PartShape.Code, "commitment", Record.Commitments.Types)]),
        new(
            "instrument",
            Once: false,
            [
                new("type", PartShape.Code, "instrument", Instruments.Types),
                new("status", PartShape.Code, "instrumentstatus", Instruments.Statuses),
                new("date", PartShape.PartialDay),
                new("words", PartShape.Optional),
            ]
        ),
        new(
            "result",
            Once: false,
            [
                new("type", PartShape.Code, "result", Codes.Results),
                new("count", PartShape.Number),
                new("countries", PartShape.Countries),
            ]
        ),
        new("mentioned", Once: false, [new("value", PartShape.Words)]),
        new("published", Once: true, [new("value", PartShape.Day)]),
    ];

    public static DraftField? Find(string? key) => All.FirstOrDefault(f => f.Key == key);
}

/// <param name="Once">A draft has at most one kept value of it.</param>
public sealed record DraftField(string Key, bool Once, IReadOnlyList<FieldPart> Parts)
{
    /// <summary>The parts as the form gave them, or null where one is not acceptable.</summary>
    public IReadOnlyDictionary<string, string>? Accept(Func<string, string?> given)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in Parts)
        {
            var text = given(part.Name)?.Trim() ?? "";
            if (part.Shape is PartShape.Countries)
            {
                text = text.Replace(',', ' '); // Several chosen from one list come with commas between.
            }

            if (!part.Accepts(text))
            {
                return null;
            }

            if (text.Length > 0)
            {
                parts[part.Name] = text;
            }
        }

        return parts;
    }
}

/// <param name="Vocabulary">Labels of the codes: `domain` for `domain.terrorism`.</param>
/// <param name="Choices">The closed list a code comes from.</param>
public sealed record FieldPart(
    string Name,
    PartShape Shape,
    string? Vocabulary = null,
    IReadOnlyList<string>? Choices = null
)
{
    private const int LongestWords = 300;

    public bool Accepts(string text) =>
        text.Length <= LongestWords
        && Shape switch
        {
            PartShape.Code => Choices!.Contains(text), // A code always has its list.
            PartShape.Country => Codes.IsCountry(text),
            PartShape.Countries => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(Codes.IsCountry),
            PartShape.Day => PartialDate.TryDay(text, out _),
            PartShape.PartialDay => text.Length == 0 || PartialDate.IsValid(text),
            PartShape.Number => text.Length == 0 || (Codes.TryAmount(text, out var amount) && amount >= 0),
            PartShape.Words => text.Length > 0,
            _ => true,
        };
}

public enum PartShape
{
    Code,
    Country,
    Countries,
    Day,
    PartialDay,
    Number,
    Words,
    Optional,
}
