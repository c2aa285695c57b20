using Entente.Node.Features.Record;
using Entente.Node.Web;

namespace Entente.Node.Features.Readings;

/// <summary>A draft's value in the words of the officer's language.</summary>
internal static class ValueWords
{
    public static string Of(Labels labels, DraftValue value) => string.Join(" · ", Parts(labels, value));

    /// <summary>Each part apart: a Latin name and an Arabic post on one line keep each its own direction.</summary>
    public static IReadOnlyList<string> Parts(Labels labels, DraftValue value) =>
        value.Field switch
        {
            "participant" => Join(
                value.Part("name"),
                value.Part("native"),
                labels[$"role.{value.Part("role")}"],
                labels.Country(value.Part("side"))
            ),
            "instrument" => Join(
                labels[$"instrument.{value.Part("type")}"],
                labels[$"instrumentstatus.{value.Part("status")}"],
                PartialDate.Show(value.PartOrNull("date"))
            ),
            "result" => Join(
                labels[$"result.{value.Part("type")}"],
                value.Part("count"),
                Wording.Listed(value.Part("countries").Split(' ').Select(labels.Country))
            ),
            _ => [Single(labels, value)],
        };

    public static string Part(Labels labels, FieldPart part, string code) =>
        part.Vocabulary is null ? code : labels[$"{part.Vocabulary}.{code}"];

    private static string Single(Labels labels, DraftValue value)
    {
        var part = DraftFields.Find(value.Field)?.Parts[0];
        var text = value.Part("value");
        return part?.Shape switch
        {
            PartShape.Code => Part(labels, part, text),
            PartShape.Country => labels.Country(text),
            PartShape.Day => PartialDate.Show(text),
            _ => text,
        };
    }

    private static IReadOnlyList<string> Join(params string[] parts) => [.. parts.Where(p => p.Length > 0)];
}
