using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Finds names in scripts with capitals: runs of capitalised words that no vocabulary claims.</summary>
internal sealed class NameRuns(Page page)
{
    private static readonly string[] Blocking =
    [
        "country",
        "demonym",
        "capital",
        "city",
        "weekdays",
        "bodies",
        "honorifics",
        "posts",
        "instruments",
        "notnames",
        "services",
    ];

    private readonly List<Token> _tokens = page.Tokens;

    public List<NameMention> In(Sentence sentence)
    {
        var found = new List<NameMention>();
        if (IsAllCapitals(sentence))
            return found;
        var blocked = Blocked(sentence);
        for (var at = sentence.First; at < sentence.End; )
        {
            var end = EndOfRun(at, sentence, blocked);
            if (end > at)
                Accept(found, sentence, at, end);
            at = Math.Max(end, at + 1);
        }
        return found;
    }

    private bool[] Blocked(Sentence sentence)
    {
        var blocked = new bool[sentence.End - sentence.First];
        foreach (var tag in sentence.Tags)
            if (
                (Blocking.Contains(tag.Category) || tag is { Category: "frames", Code: "counterpart" })
                && !(IsPlace(tag) && IsInsideName(tag))
            )
                for (var i = tag.First; i < tag.End; i++)
                    blocked[i - sentence.First] = true;
        return blocked;
    }

    private static bool IsPlace(Tag tag) =>
        tag.Category is "city" or "country" or "capital" or "demonym" && tag.Words == 1;

    // "Jean Malte", "Ahmad Tunisi": a place word right after a given name is a surname.
    private bool IsInsideName(Tag tag) =>
        tag.First > 0
        && GivenNames.Contains(_tokens[tag.First - 1].Folded)
        && _tokens[tag.First - 1].IsCapital
        && _tokens[tag.First].IsCapital;

    private int EndOfRun(int start, Sentence sentence, bool[] blocked)
    {
        if (!IsNameWord(start, sentence, blocked))
            return start;
        var end = start + 1;
        while (end < sentence.End)
        {
            if (IsNameWord(end, sentence, blocked))
                end++;
            else if (IsJoint(end, sentence) && IsNameWord(end + 1, sentence, blocked))
                end += 2;
            else if (ParticlesUntil(end, sentence, blocked) is var next && next > end)
                end = next + 1;
            else if (
                _tokens[end].IsMark('.')
                && _tokens[end].Glued
                && _tokens[end - 1].Length == 1
                && end + 1 < sentence.End
                && IsNameWord(end + 1, sentence, blocked)
            )
                end += 2;
            else
                break;
        }
        return end;
    }

    private bool IsNameWord(int at, Sentence sentence, bool[] blocked) =>
        at < sentence.End && _tokens[at].IsWord && _tokens[at].IsCapital && !blocked[at - sentence.First];

    private bool IsJoint(int at, Sentence sentence) =>
        at + 1 < sentence.End && _tokens[at].Folded is "-" or "'" && _tokens[at].Glued && _tokens[at + 1].Glued;

    // "Mohammed bin Salman", "Grande y Marlaska" stay one name; returns the capitalised word after the particles.
    private int ParticlesUntil(int at, Sentence sentence, bool[] blocked)
    {
        var next = at;
        while (
            next < sentence.End
            && next < at + 4
            && (NameParticles.Contains(_tokens[next].Folded) || (next > at && _tokens[next].Folded is "-" or "'"))
        )
            next++;
        return next > at && IsNameWord(next, sentence, blocked) ? next : at;
    }

    private void Accept(List<NameMention> found, Sentence sentence, int first, int end)
    {
        first = WithoutSentenceStart(sentence, first, end);
        var honorific = HasHonorific(sentence, first);
        var words = 0;
        for (var i = first; i < end; i++)
            if (_tokens[i].IsCapital)
                words++;
        if (words == 0 || words > 7)
            return;
        if (words == 1 && IsAcronym(_tokens[first]) && !honorific)
            return;
        if (!honorific && IsPartOfPost(sentence, first))
            return;
        found.Add(new NameMention(sentence, first, end, honorific));
    }

    // "director general de la Seguridad y de la Vigilancia": what a genitive adds to a post is a service, not a person.
    private bool IsPartOfPost(Sentence sentence, int first)
    {
        var at = first;
        while (at > sentence.First && GenitiveWords.Contains(_tokens[at - 1].Folded))
            at--;
        return first - at >= 2
            && GenitiveJoins.Contains(_tokens[at].Folded)
            && sentence.Tags.Exists(post => post.Category == "posts" && post.End <= at && at - post.End <= 1);
    }

    private static readonly HashSet<string> GenitiveWords =
    [
        "y",
        "e",
        "et",
        "and",
        "und",
        "de",
        "del",
        "du",
        "des",
        "la",
        "l",
        "'",
        "los",
        "las",
        "of",
        "the",
        "der",
    ];
    private static readonly HashSet<string> GenitiveJoins = ["y", "e", "et", "and", "und"];

    // The first word of a sentence is capitalised anyhow: it is a name only if it looks like one.
    private int WithoutSentenceStart(Sentence sentence, int first, int end)
    {
        if (first != sentence.First || end - first < 2 || GivenNames.Contains(_tokens[first].Folded))
            return first;
        if (GivenNames.Contains(_tokens[first + 1].Folded) && _tokens[first + 1].IsCapital)
            return first + 1;
        return first;
    }

    private static bool IsAcronym(Token token) => token.Shape == Shape.Upper && token.Length <= 6;

    private bool HasHonorific(Sentence sentence, int first)
    {
        foreach (var tag in sentence.Tags)
            if (
                tag.Category == "honorifics"
                && (tag.End == first || (tag.End == first - 1 && _tokens[tag.End].IsMark('.')))
            )
                return true;
        return false;
    }

    private bool IsAllCapitals(Sentence sentence)
    {
        int upper = 0,
            other = 0;
        for (var i = sentence.First; i < sentence.End; i++)
            if (_tokens[i].IsWord && _tokens[i].Length > 2)
                _ = _tokens[i].Shape == Shape.Upper ? upper++ : other++;
        return upper > 2 && upper > other * 4;
    }
}
