using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>The services and ministries that take part: by acronym where the text has one, else by name.</summary>
internal sealed class Bodies(Page page, Frames frames)
{
    private readonly List<Token> _tokens = page.Tokens;

    public List<Found<string>> Find()
    {
        var found = new Dictionary<string, (string Name, List<Span> Spans, string Entry)>(StringComparer.Ordinal);
        foreach (var sentence in page.Sentences)
        {
            var frame = frames.Of(sentence);
            if (
                frame.Denied
                || frame.Third
                || frame.Comments
                || (frame.History && !frame.Attends && !frame.Operates)
                || sentence.Paragraph.IsTitle
            )
                continue;
            foreach (var tag in sentence.Tags)
                if (NameOf(sentence, frame, tag) is { } body)
                    Add(found, body.Name, page.SpanOf(body.First, body.End), tag.Entry.Name);
        }
        return
        [
            .. found
                .Values.Where(body => !IsPartOf(body.Name, found.Values))
                .Select(body => new Found<string>(body.Name, 0.75, body.Spans, body.Entry)),
        ];
    }

    private static void Add(
        Dictionary<string, (string, List<Span> Spans, string)> found,
        string name,
        Span span,
        string entry
    )
    {
        var key = Folding.Fold(name);
        if (!found.TryGetValue(key, out var body))
            found[key] = body = (name, [], entry);
        body.Spans.Add(span);
    }

    // "Policía" beside "Policía Nacional" is the same service said shorter.
    private static bool IsPartOf(string name, IEnumerable<(string Name, List<Span>, string)> others) =>
        others.Any(other =>
            other.Name.Length > name.Length
            && (
                other.Name.StartsWith(name + " ", StringComparison.OrdinalIgnoreCase)
                    && !name.Contains(' ', StringComparison.Ordinal)
                || other.Name.EndsWith(" " + name, StringComparison.OrdinalIgnoreCase)
            )
        );

    private (string Name, int First, int End)? NameOf(Sentence sentence, Frame frame, Tag tag)
    {
        if (tag.Category == "bodies")
            return (tag.Code.Length > 2 && tag.Code[2] == ':' ? tag.Code[3..] : tag.Code, tag.First, tag.End);
        if (
            tag.Category != "services"
            || (!_tokens[tag.First].IsCapital && page.Language is not ("ar" or "fi" or "en" or "fr"))
        )
            return null;
        if (tag.Code == "ministry" && !IsParty(sentence, frame, tag))
            return null;
        // A police academy that guests are shown is a place.
        if (
            sentence.Tags.Exists(site =>
                tag.Code == "service" && site is { Category: "frames", Code: "site" } && Overlap(site, tag)
            )
        )
            return null;
        // "Directeur général de la Sûreté nationale" names the man, not his service.
        if (
            sentence.Tags.Exists(post => post.Category == "posts" && post.First < tag.First + 1 && tag.First < post.End)
        )
            return null;

        var end = Extend(sentence, tag);
        if (
            tag.Code == "service"
            && !_tokens[tag.First].IsCapital
            && page.Language is "fr" or "en"
            && end == tag.End
            && !HasProperPart(tag)
        )
            return null;
        if (Apposition(sentence, end) is { } same)
            return (same.Code[3..], tag.First, same.End + 1);
        if (Acronym(sentence, end) is { } acronym)
            return (page.Words(acronym, acronym + 1), tag.First, acronym + 1);
        if (sentence.Tags.Exists(other => other.Category == "bodies" && other.First < end && tag.First < other.End))
            return null;
        return tag.Code == "service" && tag.Words == 1 && end == tag.End && page.Language is "fr" or "en" or "ar"
            ? null
            : (Plain(Start(sentence, tag), end), Start(sentence, tag), end);
    }

    // "Viron keskusrikospoliisi", "Indonesian National Police": Finnish and English put the state or town in front.
    private int Start(Sentence sentence, Tag tag) =>
        page.Language is "fi" or "en" or "de"
        && sentence.Tags.Find(place =>
            place.End == tag.First
            && (
                page.Language == "fi"
                    ? place.Category is "country" or "capital" or "city"
                    : place.Category is "demonym" && _tokens[tag.First].IsCapital
            )
        )
            is { } owner
            ? owner.First
            : tag.First;

    private static bool Overlap(Tag one, Tag other) => one.First < other.End && other.First < one.End;

    private bool HasProperPart(Tag tag)
    {
        for (var i = tag.First; i < tag.End; i++)
            if (_tokens[i].IsCapital)
                return true;
        return false;
    }

    // A ministry counts when it signs or commits itself, not when it issues the communiqué.
    private bool IsParty(Sentence sentence, Frame frame, Tag tag)
    {
        if (!frame.Signs && !frame.Agrees)
            return false;
        foreach (var issuer in sentence.Tags)
            if (issuer.Category == "frames" && issuer.Code == "issuer" && Math.Abs(issuer.First - tag.First) <= 6)
                return false;
        return tag.First == 0 || _tokens[tag.First - 1].Folded is not ("du" or "del" or "des" or "vom");
    }

    // The nationality, "de" with a place, and capitalised words that follow belong to the name.
    private int Extend(Sentence sentence, Tag tag)
    {
        var end = tag.End;
        while (end < sentence.End && end < tag.End + 8)
        {
            var place = sentence.Tags.Find(other =>
                other.First == end
                && other.Category is "demonym" or "country" or "capital" or "city"
                && other.First == end
            );
            if (place is not null)
            {
                end = place.End;
                break;
            }
            if (IsLink(end) && end + 1 < sentence.End && LinkedPlace(sentence, end) is { } after)
            {
                end = after;
                break;
            }
            break;
        }
        return end;
    }

    private bool IsLink(int at) =>
        _tokens[at].Folded is "de" or "du" or "des" or "d" or "of" or "del" or "von" or "der" or "في";

    private int? LinkedPlace(Sentence sentence, int link)
    {
        for (var at = link + 1; at <= link + 3 && at < sentence.End; at++)
        {
            if (
                sentence.Tags.Find(tag =>
                    tag.First == at && tag.Category is "country" or "capital" or "city" && tag.First == at
                ) is
                { } place
            )
                return place.End;
            if (_tokens[at].Folded is not ("la" or "l" or "the" or "los" or "les" or "'" or "el"))
                return null;
        }
        return null;
    }

    // "la Police fédérale allemande (Bundespolizei)": one body, under the name it has on record.
    private Tag? Apposition(Sentence sentence, int end) =>
        end < sentence.End && _tokens[end].IsMark('(')
            ? sentence.Tags.Find(body =>
                body.Category == "bodies"
                && body.First == end + 1
                && body.End < sentence.End
                && _tokens[body.End].IsMark(')')
                && Sides.StateOf(body) is not null
            )
            : null;

    private int? Acronym(Sentence sentence, int end) =>
        end + 2 < sentence.End
        && _tokens[end].IsMark('(')
        && _tokens[end + 1].Shape == Shape.Upper
        && _tokens[end + 1].Length <= 7
        && _tokens[end + 2].IsMark(')')
            ? end + 1
            : null;

    private string Plain(int first, int end)
    {
        var name = string.Join(' ', page.Words(first, end).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return page.Language == "ar" ? WithoutPrefix(name) : name;
    }

    // "للمكتب", "والمديرية": the service's name begins at its article.
    private static string WithoutPrefix(string name) =>
        name.StartsWith("لل", StringComparison.Ordinal) ? "ال" + name[2..]
        : name.Length > 3 && name[0] is 'و' or 'ب' or 'ف' or 'ك' && name.AsSpan(1).StartsWith("ال") ? name[1..]
        : name;
}
