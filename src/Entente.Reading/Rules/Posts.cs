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

    private readonly PostSides _sides = new(page);

    public void Join(Sentence sentence, List<NameMention> names)
    {
        var posts = sentence.Tags.FindAll(tag => tag.Category == "posts" || IsCounterpart(tag));
        var used = new HashSet<Tag>();
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i];
            var after = After(name, i + 1 < names.Count ? names[i + 1].First : sentence.End, posts);
            if (
                after is not null
                && i + 1 < names.Count
                && IsRelative(name.End, after)
                && Before(names[i + 1], name.End, posts, used) == after
            )
                after = null;
            var before = Before(name, i > 0 ? names[i - 1].End : sentence.First, posts, used);
            if (before is not null && IsOfNext(after, i, names, posts, used))
                after = null;
            var post = Choose(name, before, after, used);
            if (post is not null)
                Give(name, post, used, sentence);
            else if (i > 0)
                Share(names[i - 1], name);
            name.Side ??= _sides.Following(sentence, name);
            name.Former = sentence.Tags.Exists(tag =>
                tag.Category == "former" && tag.First < name.End + 4 && tag.End > name.First - 8
            );
        }
        _sides.ShareSides(sentence, names);
    }

    // "el director de X, A, el presidente de Y, B": in a list of posts before names, the post after A is B's.
    private bool IsOfNext(Tag? after, int at, List<NameMention> names, List<Tag> posts, HashSet<Tag> used) =>
        after is not null
        && at + 1 < names.Count
        && Before(names[at + 1], names[at].End, posts, used) == after
        && names[at + 1].First - after.End <= LongestPhrase;

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
        name.Side = _sides.SideNear(name, post, sentence);
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
        var free = page.Language is "fr" or "ar" ? 5 : 2;
        for (var i = post.End; i < name.First; i++)
        {
            if (ClosesBracket(i, name.First) is { } close)
            {
                i = close;
                continue;
            }
            var token = _tokens[i];
            if (
                token.Shape == Shape.Lower
                && !PostWords.Linking.Contains(token.Folded)
                && !PostWords.Articles.Contains(token.Folded)
                && !IsQualifier(name.Sentence, i)
                && --free < 0
            )
                return false;
            if (
                name.Sentence.Tags.Exists(tag =>
                    tag.First == i && tag.Category == "frames" && tag.Code is "meet" or "sign" or "visit" or "agree"
                )
                && page.Language != "ar"
            )
                return false;
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

    // "(Bundespolizei)", "(BKA)": a short bracket only says the body's name again.
    private int? ClosesBracket(int at, int end)
    {
        if (_tokens[at].IsMark('('))
            for (var i = at + 2; i <= at + 4 && i < end - 1; i++)
                if (_tokens[i].IsMark(')'))
                    return i;
        return null;
    }

    private static bool IsQualifier(Sentence sentence, int at) =>
        sentence.Tags.Exists(tag =>
            tag.First <= at
            && at < tag.End
            && tag.Category is "demonym" or "country" or "honorifics" or "services" or "bodies" or "domains"
        );

    private bool OnlyHonorifics(Sentence sentence, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            if (_tokens[i].Kind == TokenKind.Mark || PostWords.Articles.Contains(_tokens[i].Folded))
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

    private Tag? After(NameMention name, int ceiling, List<Tag> posts)
    {
        var at = name.End;
        at = SkipParty(at, ceiling);
        if (page.Language == "ar" && posts.Find(post => post.First == at && post.Category == "posts") is { } adjoining)
            return adjoining;
        if (at >= ceiling)
            return null;
        var opened =
            _tokens[at].IsMark(',') || _tokens[at].IsMark('(') || _tokens[at].IsMark('-') && !_tokens[at].Glued;
        if (!opened || (at + 1 < ceiling && PostWords.Conjunctions.Contains(_tokens[at + 1].Folded)))
            return null;
        foreach (var post in posts)
            if (post.First > at && post.End <= ceiling + 1)
                return NoMark(at + 1, post.First) && OpensPost(name.Sentence, at + 1, post.First) ? post : null;
        return null;
    }

    private bool IsRelative(int at, Tag post) =>
        Enumerable
            .Range(at, Math.Max(0, Math.Min(3, post.First - at)))
            .Any(i => PostWords.RelativePronouns.Contains(_tokens[i].Folded));

    // Between comma and post: articles, possessives, a nationality, a rank; or a relative clause ("qui préside …").
    private bool OpensPost(Sentence sentence, int first, int end)
    {
        if (first == end)
            return true;
        if (PostWords.RelativePronouns.Contains(_tokens[first].Folded) && end - first <= 7)
            return true;
        if (end - first > 4)
            return false;
        for (var i = first; i < end; i++)
            if (
                _tokens[i].IsWord
                && !PostWords.Articles.Contains(_tokens[i].Folded)
                && !sentence.Tags.Exists(tag =>
                    tag.First <= i && i < tag.End && tag.Category is "honorifics" or "demonym" or "country"
                )
            )
                return false;
        return true;
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
            joined |= PostWords.Conjunctions.Contains(word) || word == ",";
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
        for (var i = post.First; i < post.End; i++)
            if (
                PostWords.PluralPosts.Contains(_tokens[i].Folded)
                || _tokens[i].Forms.Any(PostWords.PluralPosts.Contains)
            )
                return true;
        return false;
    }
}
