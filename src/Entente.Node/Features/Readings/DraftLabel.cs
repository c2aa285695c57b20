using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Features.Record;

namespace Entente.Node.Features.Readings;

/// <summary>Writes a draft as an officer left it as the label of its text: what a reader ought to find in it. The shape is
/// that of `entente read --json`.</summary>
internal static class DraftLabel
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Write(Draft draft) =>
        new JsonObject
        {
            ["language"] = draft.Language,
            ["published"] = draft.Single("published"),
            ["encounter"] = new JsonObject
            {
                ["kind"] = draft.Kind,
                ["date"] = draft.Single("date"),
                ["place"] = draft.Single("place"),
                ["formats"] = Values(draft, "format"),
            },
            ["partners"] = Values(draft, "partner"),
            ["participants"] = All(draft, "participant", "name", "native", "role", "side"),
            ["bodies"] = Values(draft, "body"),
            ["domains"] = Values(draft, "domain"),
            ["commitments"] = Values(draft, "commitment"),
            ["instruments"] = All(draft, "instrument", "type", "status", "date"),
            ["results"] = new JsonArray([.. draft.Kept("result").Select(Result)]),
            ["mentioned"] = Values(draft, "mentioned"),
        }.ToJsonString(Json);

    private static JsonArray Values(Draft draft, string field) =>
        new([.. draft.Many(field).Select(value => (JsonNode)value)]);

    private static JsonArray All(Draft draft, string field, params string[] parts) =>
        new([.. draft.Kept(field).Select(value => Parts(value, parts))]);

    private static JsonObject Parts(DraftValue value, string[] parts) =>
        new(parts.Select(part => KeyValuePair.Create<string, JsonNode?>(part, value.PartOrNull(part))));

    private static JsonObject Result(DraftValue value) =>
        new()
        {
            ["type"] = value.Part("type"),
            ["count"] = Codes.TryAmount(value.Part("count"), out var count) ? count : null,
            ["countries"] = new JsonArray([
                .. value.Part("countries").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(c => (JsonNode)c),
            ]),
        };
}
