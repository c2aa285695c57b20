using System.Text.Json;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Web;

namespace Entente.Node.Features.Texts;

/// <summary>
/// What a text of each kind starts from, in the six languages: the phrases an administration uses, from `Templates`, with
/// the meeting's facts in them.
/// </summary>
internal sealed class TextTemplates
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Dictionary<string, Dictionary<string, string>> _phrases = Read<
        Dictionary<string, Dictionary<string, string>>
    >("phrases");

    private readonly Kinds _kinds = Read<Kinds>("kinds");

    public IReadOnlyDictionary<string, string> Title(
        string kind,
        IReadOnlyList<string> languages,
        ITemplateFacts facts
    ) => Filled($"title.{kind}", languages, facts);

    public IReadOnlyList<NewClause> Clauses(string kind, IReadOnlyList<string> languages, ITemplateFacts facts)
    {
        var phrases = _kinds.Of.GetValueOrDefault(kind, []).Where(facts.Has);
        return
        [
            .. (facts.Has("amends") ? phrases.Prepend("amends") : phrases).Select(phrase => new NewClause(
                Filled(phrase, languages, facts),
                _kinds.Promises.GetValueOrDefault(phrase)
            )),
        ];
    }

    private Dictionary<string, string> Filled(string phrase, IReadOnlyList<string> languages, ITemplateFacts facts) =>
        languages.ToDictionary(
            language => language,
            language => Fill(_phrases[phrase][Known(language)], language, facts)
        );

    // A language that the templates do not have is begun from the French.
    private static string Known(string language) => LabelBook.Languages.Contains(language) ? language : "fr";

    private static string Fill(string phrase, string language, ITemplateFacts facts)
    {
        foreach (var gap in ITemplateFacts.Gaps)
        {
            phrase = phrase.Contains($"{{{gap}}}", StringComparison.Ordinal)
                ? phrase.Replace($"{{{gap}}}", facts.Say(gap, language), StringComparison.Ordinal)
                : phrase;
        }

        return phrase;
    }

    private static T Read<T>(string name)
    {
        using var stream = typeof(TextTemplates).Assembly.GetManifestResourceStream($"templates/{name}.json")!; // Embedded by the project file.
        return JsonSerializer.Deserialize<T>(stream, Json)!; // Never the literal null.
    }

    private sealed record Kinds(
        [property: System.Text.Json.Serialization.JsonPropertyName("kinds")] Dictionary<string, string[]> Of,
        Dictionary<string, Promise> Promises
    );
}

/// <summary>What fills the gaps of a template.</summary>
internal interface ITemplateFacts
{
    static readonly IReadOnlyList<string> Gaps =
    [
        "A",
        "B",
        "place",
        "date",
        "peopleA",
        "peopleB",
        "domains",
        "amended",
    ];

    /// <summary>Whether a phrase has what it speaks of.</summary>
    bool Has(string phrase);

    string Say(string gap, string language);
}
