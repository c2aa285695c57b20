using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Joins each name of a sentence with the post the sentence gives it. Three constructions: the post before
/// ("le ministre de l'Intérieur, M. X"), the post after ("X, ministre de l'Intérieur"), one post for several
/// ("los titulares de Interior de España y Marruecos, X e Y").</summary>
internal sealed class Posts(Page page)
{
    private const int LongestPhrase = 14;

    private readonly List<Token> _tokens = page.Tokens;

    public void Join(Sentence sentence, List<NameMention> names)
    {
        var posts = sentence.Tags.FindAll(tag => tag.Category == "posts" || IsCounterpart(tag));
        var used = new HashSet<Tag>();
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            var after = After(name, i + 1 < names.Count ? names[i + 1].First : sentence.End, posts);
            var before = Before(name, i > 0 ? names[i - 1].End : sentence.First, posts, used);
            var post = Choose(name, before, after, used);
            if (post is not null)
                Give(name, post, used, sentence);
            else if (i > 0)
                Share(names[i - 1], name);
            name.Former = sentence.Tags.Exists(tag =>
                tag.Category == "former" && tag.First < name.End + 4 && tag.End > name.First - 8
            );
        }
    }

    private static bool IsCounterpart(Tag tag) => tag.Category == "frames" && tag.Code == "counterpart";

    // The nearer wins; on a tie the post before, unless another name already has it.
    private static Tag? Choose(NameMention name, Tag? before, Tag? after, HashSet<Tag> used)
    {
        if (after is not null && used.Contains(after))
            after = null;
        if (before is null || after is null)
            return before ?? after;
        return name.First - before.End <= 4 || after.First - name.End > 3 ? before : after;
    }

    private void Give(NameMention name, Tag post, HashSet<Tag> used, Sentence sentence)
    {
        used.Add(post);
        if (IsCounterpart(post))
            name.Counterpart = post;
        else
            name.Post = post;
        name.Side = SideNear(name, post, sentence);
    }

    private Tag? Before(NameMention name, int floor, List<Tag> posts, HashSet<Tag> used)
    {
        for (var i = posts.Count - 1; i >= 0; i--)
        {
            var post = posts[i];
            if (post.End > name.First || post.First < floor)
                continue;
            if (name.First - post.End > LongestPhrase || used.Contains(post))
                return null;
            return JoinsBackward(post, name) ? post : null;
        }
        return null;
    }

    // Between post and name: qualifiers of the post, then at most a comma and honorifics.
    private bool JoinsBackward(Tag post, NameMention name)
    {
        var comma = -1;
        for (var i = post.End; i < name.First; i++)
        {
            var token = _tokens[i];
            if (token.IsMark(',') || token.IsMark('('))
            {
                if (comma >= 0)
                    return false;
                comma = i;
            }
            else if (token.Kind == TokenKind.Mark && token.Folded is not ("." or "'" or "-" or "\"" or ")" or "،"))
                return false;
        }
        return comma < 0 || OnlyHonorifics(name.Sentence, comma + 1, name.First);
    }

    private bool OnlyHonorifics(Sentence sentence, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (_tokens[i].Kind == TokenKind.Mark || Articles.Contains(_tokens[i].Folded))
                continue;
            if (
                !sentence.Tags.Exists(tag =>
                    tag.Category is "honorifics" or "demonym" or "posts" && tag.First <= i && i < tag.End
                )
            )
                return false;
        }
        return true;
    }

    private static readonly HashSet<string> Articles =
    [
        "le",
        "la",
        "l",
        "el",
        "los",
        "the",
        "der",
        "die",
        "den",
        "dem",
        "un",
        "une",
        "a",
        "an",
        "ein",
        "eine",
        "por",
        "s",
        "der",
        "hra",
    ];

    private static readonly HashSet<string> Conjunctions =
    [
        "et",
        "and",
        "y",
        "e",
        "und",
        "ja",
        "sowie",
        "sekä",
        "seka",
        "ainsi",
        "و",
        "with",
        "avec",
        "con",
        "mit",
    ];

    private Tag? After(NameMention name, int ceiling, List<Tag> posts)
    {
        var at = name.End;
        at = SkipParty(at, ceiling);
        if (at >= ceiling)
            return null;
        var opened =
            _tokens[at].IsMark(',') || _tokens[at].IsMark('(') || _tokens[at].IsMark('-') && !_tokens[at].Glued;
        if (!opened || (at + 1 < ceiling && Conjunctions.Contains(_tokens[at + 1].Folded)))
            return null;
        foreach (var post in posts)
            if (post.First > at && post.End <= ceiling + 1 && post.First - at <= 7)
                return NoMark(at + 1, post.First) ? post : null;
        return null;
    }

    // "Alexander Dobrindt (CSU), …": the party is no end of the name's phrase.
    private int SkipParty(int at, int ceiling)
    {
        if (at + 2 < ceiling && _tokens[at].IsMark('('))
            for (var i = at + 1; i < at + 4 && i < ceiling; i++)
                if (_tokens[i].IsMark(')'))
                    return i + 1;
        return at;
    }

    private bool NoMark(int first, int end)
    {
        for (var i = first; i < end; i++)
            if (_tokens[i].Kind == TokenKind.Mark && _tokens[i].Folded is "," or ";" or "(" or ")" or ":")
                return false;
        return true;
    }

    // "… ministers X of The Gambia and Y of Senegal", "les généraux X et Y".
    private void Share(NameMention previous, NameMention name)
    {
        if (previous.Post is null || name.First - previous.End > 8)
            return;
        var joined = false;
        for (var i = previous.End; i < name.First; i++)
        {
            var word = _tokens[i].Folded;
            joined |= Conjunctions.Contains(word) || word == ",";
            if (_tokens[i].IsMark('.') && !_tokens[i].Glued)
                return;
        }
        if (!joined || !IsPlural(previous.Post))
            return;
        name.Post = previous.Post;
        name.Side = null;
    }

    private bool IsPlural(Tag post)
    {
        var word = _tokens[post.First].Folded;
        return word.EndsWith('s')
            || word.EndsWith("it", StringComparison.Ordinal)
            || word.EndsWith("rinnen", StringComparison.Ordinal)
            || word is "وزراء" or "وزيرا" or "وزيري" or "minister" or "mm" or "innenminister";
    }

    // The state named inside the post's phrase, or right after it up to the next comma.
    private Tag? SideNear(NameMention name, Tag post, Sentence sentence)
    {
        var first = Math.Max(sentence.First, Math.Min(post.First, name.First) - 2);
        var last = Math.Max(post.End, name.End);
        var end = last;
        while (
            end < sentence.End
            && end < last + 8
            && !(_tokens[end].Kind == TokenKind.Mark && _tokens[end].Folded is "," or ";" or ":")
        )
            end++;
        if (post.First < name.First)
            end = Math.Min(end, name.End + 4);
        Tag? best = null;
        foreach (var tag in sentence.Tags)
        {
            if (tag.Category is not ("demonym" or "country" or "capital") || tag.First < first || tag.End > end)
                continue;
            if (tag.Category == "capital" && tag.First >= name.End)
                continue;
            if (best is null || Distance(tag, post) < Distance(best, post))
                best = tag;
        }
        return best;
    }

    private static int Distance(Tag a, Tag b) =>
        a.First >= b.End ? a.First - b.End
        : a.End <= b.First ? b.First - a.End + 1
        : 0;
}
