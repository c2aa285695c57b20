using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Protocol;

namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>What both sides sign: the text in all its languages as canonical JSON (RFC 8785), and its SHA-256.</summary>
/// <param name="Json">The canonical form, as text.</param>
/// <param name="Sha256">Of its UTF-8 bytes, base64url.</param>
public sealed record CanonicalText(string Json, string Sha256)
{
    /// <summary>Null while two versions of a clause stand, or the text is not opened.</summary>
    public static CanonicalText? Of(TextState state) =>
        state.Opening is null || state.Title is not { Heads.Count: 1 } || state.Clauses.Any(c => c.Heads.Count > 1)
            ? null
            : Of(Members(state, state.Opening, state.Title));

    public static string HashOf(string json) => Hash.Of(Encoding.UTF8.GetBytes(json)).ToString();

    private static CanonicalText Of(JsonObject text)
    {
        var json = Encoding.UTF8.GetString(CanonicalJson.Of(JsonSerializer.SerializeToElement(text)).Required());
        return new CanonicalText(json, HashOf(json));
    }

    private static JsonObject Members(TextState state, OpenText opening, ClauseState title)
    {
        var text = new JsonObject
        {
            ["v"] = 1,
            ["text"] = state.Id,
            ["kind"] = opening.Kind,
            ["languages"] = new JsonArray([.. opening.Languages.Select(l => JsonValue.Create(l))]),
            ["title"] = Wording(title.Current, opening.Languages),
            ["clauses"] = new JsonArray([
                .. state
                    .Clauses.Where(clause => !clause.Current.Proposed.Removed)
                    .Select(clause => Clause(clause, opening.Languages)),
            ]),
        };
        if (opening.Amends is not null)
        {
            text["amends"] = opening.Amends;
        }

        return text;
    }

    private static JsonObject Clause(ClauseState clause, IReadOnlyList<string> languages)
    {
        var one = new JsonObject { ["id"] = clause.Id, ["wording"] = Wording(clause.Current, languages) };
        if (clause.Current.Proposed.Promise is { } promise)
        {
            one["promise"] = Said(
                ("type", promise.Type),
                ("domain", promise.Domain),
                ("due", promise.Due),
                ("indicator", promise.Indicator),
                ("target", promise.Target)
            );
        }

        return one;
    }

    private static JsonObject Wording(ClauseVersion version, IReadOnlyList<string> languages) =>
        new(languages.Select(l => KeyValuePair.Create<string, JsonNode?>(l, JsonValue.Create(version.In(l)))));

    private static JsonObject Said(params (string Name, object? Value)[] members) =>
        new(
            members
                .Where(m => m.Value is not null)
                .Select(m => KeyValuePair.Create<string, JsonNode?>(m.Name, JsonValue.Create(m.Value)))
        );
}
