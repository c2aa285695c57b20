using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Finds names in Arabic, which has no capitals: the words right after a post, a counterpart or an honorific,
/// or right before a post, up to the first word that cannot belong to a name.</summary>
internal sealed class ArabicNames(Page page)
{
    private const int LongestName = 6;

    private static readonly HashSet<string> Stops = WordList.Load("ar/stops.list");

    private readonly List<Token> _tokens = page.Tokens;

    public List<NameMention> In(Sentence sentence)
    {
        var found = new List<NameMention>();
        foreach (var tag in sentence.Tags)
        {
            if (!Announces(tag))
                continue;
            var start = SkipQualifiers(sentence, tag.End);
            Add(found, sentence, start, EndOfName(sentence, start), tag.Category == "honorifics");
            if (tag.Category == "posts")
                AddBefore(found, sentence, tag);
        }
        return [.. found.OrderBy(mention => mention.First)];
    }

    /// <summary>A word of the body that repeats a family name found elsewhere.</summary>
    public IEnumerable<NameMention> Again(Sentence sentence, List<Person> people)
    {
        for (var at = sentence.First; at < sentence.End; at++)
            if (_tokens[at].IsWord && people.Exists(person => _tokens[at].Forms.Contains(person.Surname)))
                yield return new NameMention(sentence, at, at + 1, false);
    }

    private static bool Announces(Tag tag) =>
        tag.Category is "posts" or "honorifics" || (tag.Category == "frames" && tag.Code == "counterpart");

    private void Add(List<NameMention> found, Sentence sentence, int start, int end, bool honorific)
    {
        var known = start < end && ArabicGiven.Contains(_tokens[start]);
        if (
            end <= start
            || (end - start < 2 && !honorific)
            || (!known && !honorific && end - start > 3)
            || _tokens[start].Folded is "بن" or "ابن"
            || found.Exists(other => start < other.End && other.First < end)
        )
            return;
        found.Add(new NameMention(sentence, start, end, honorific));
    }

    // "ثابت محمد العباسي وزير الدفاع": the name stands before its post, opened by a known given name.
    private void AddBefore(List<NameMention> found, Sentence sentence, Tag post)
    {
        var end = post.First;
        if (end > sentence.First && _tokens[end - 1].IsMark(','))
            end--;
        var start = end;
        while (
            start > sentence.First
            && end - start < LongestName
            && IsNameWord(sentence, start - 1)
            && !StartsWithAnd(start - 1)
        )
            start--;
        while (start < end && !ArabicGiven.Contains(_tokens[start]))
            start++;
        if (end - start >= 2)
            Add(found, sentence, start, end, false);
    }

    // A known name may carry "and" in front; another word with "and" begins something new.
    private bool StartsWithAnd(int at) =>
        _tokens[at].Folded is ['و', _, _, ..]
        && !ArabicGiven.Contains(_tokens[at])
        && !ArabicGiven.IsFamily(_tokens[at]);

    private int SkipQualifiers(Sentence sentence, int at)
    {
        var start = at;
        while (at < sentence.End && at < start + 10)
        {
            if (_tokens[at].IsMark(',') || _tokens[at].IsMark('.') && _tokens[at].Glued || Qualifies(sentence, at))
                at++;
            else if (_tokens[at].Kind == TokenKind.Word && at + 1 < sentence.End && IsPostExtension(sentence, at))
                at++;
            else
                break;
        }
        return at;
    }

    private static bool Qualifies(Sentence sentence, int at) =>
        sentence.Tags.Exists(tag =>
            tag.First <= at
            && at < tag.End
            && tag.Category is "demonym" or "country" or "capital" or "city" or "honorifics"
            && tag.First <= at
            && at < tag.End
        );

    // "وشؤون المغتربين", "في الأمن", "لدى وزير …": words that still belong to the post.
    private bool IsPostExtension(Sentence sentence, int at)
    {
        if (ArabicGiven.Contains(_tokens[at]))
            return false;
        var word = _tokens[at].Folded;
        if (sentence.Tags.Exists(tag => tag.First <= at && at < tag.End && tag.Category is "posts"))
            return false;
        return Extensions.Contains(word);
    }

    private static readonly HashSet<string> Extensions = WordList.Load("ar/extensions.list");

    private int EndOfName(Sentence sentence, int start)
    {
        var at = start;
        while (at < sentence.End && at - start < LongestName && IsNameWord(sentence, at))
        {
            if (at > start && StartsWithAnd(at) && !_tokens[at - 1].Folded.Equals("عبد", StringComparison.Ordinal))
                break;
            at++;
        }
        return at;
    }

    private bool IsNameWord(Sentence sentence, int at)
    {
        var token = _tokens[at];
        if (!token.IsWord || token.Folded.Length < 2 || token.Folded[0] < '\u0600')
            return false;
        if (ArabicGiven.Contains(token) || ArabicGiven.IsFamily(token))
            return true;
        if (token.Forms.Any(Stops.Contains))
            return false;
        return !sentence.Tags.Exists(tag =>
            tag.First <= at && at < tag.End && tag.Category is not ("numbers" or "days" or "domains" or "results")
        );
    }
}
