using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>The state that stands in a post's own words: "ministre espagnol", "Ghana's Minister", "X of Senegal".</summary>
internal sealed class PostSides(Page page)
{
    private readonly List<Token> _tokens = page.Tokens;

    // "Los titulares de Interior de España y Marruecos, X e Y": states and names in the same order.
    public void ShareSides(Sentence sentence, List<NameMention> names)
    {
        foreach (var group in names.Where(name => name.Post is not null).GroupBy(name => name.Post!))
        {
            var holders = group.ToList();
            if (holders.Count < 2)
                continue;
            var states = sentence.Tags.FindAll(tag =>
                tag.Category is "country" or "demonym"
                && tag.First >= group.Key.First - 3
                && tag.End <= holders[0].First
            );
            for (var i = 0; i < holders.Count; i++)
                holders[i].Side = Following(sentence, holders[i]) ?? (states.Count == holders.Count ? states[i] : null);
        }
    }

    // "X of The Gambia", "X (Senegal)".
    public Tag? Following(Sentence sentence, NameMention name)
    {
        var at = name.End;
        if (at >= sentence.End || !(IsOf(at) || _tokens[at].IsMark('(')))
            return null;
        return sentence.Tags.Find(tag => tag.Category == "country" && tag.First > at && tag.First <= at + 2);
    }

    // The state named inside the post's phrase, or right after it up to the next comma or the next post.
    public Tag? SideNear(NameMention name, Tag post, Sentence sentence)
    {
        var first = Math.Max(sentence.First, Math.Min(post.First, name.First) - 2);
        // "Ghana's Minister": mark and letter stand between.
        if (first > sentence.First && _tokens[first].IsMark('\''))
            first--;
        var last = Math.Max(post.End, name.End);
        var end = last;
        while (end < sentence.End && end < last + 8 && !EndsPhrase(end, sentence))
            end++;
        if (post.First < name.First)
            end = Math.Min(end, name.End + (page.Language == "ar" ? 1 : 0));
        Tag? best = null;
        foreach (var tag in sentence.Tags)
        {
            if (
                tag.Category is not ("demonym" or "country" or "capital")
                || tag.First < first
                || tag.End > end
                || IsAccredited(tag, post)
            )
                continue;
            if (tag.Category == "capital" && (tag.First < post.End || !IsOf(tag.First - 1)))
                continue;
            if (best is null || Distance(tag, post) < Distance(best, post))
                best = tag;
        }
        return best;
    }

    private bool EndsPhrase(int at, Sentence sentence) =>
        (_tokens[at].Kind == TokenKind.Mark && _tokens[at].Folded is "," or ";" or ":" or "(")
        || sentence.Tags.Exists(tag =>
            tag.First == at
            && (tag.Category == "posts" || tag.Category == "frames" && tag.Code is "counterpart" or "meet" or "sign")
        );

    private bool IsOf(int at) =>
        at >= 0 && (_tokens[at].Folded is "de" or "d" or "of" or "von" or "del" or "du" || _tokens[at].IsMark('\''));

    // "Ambassadeur auprès du Royaume de Belgique", "ambassador to Spain": where, not whose.
    private bool IsAccredited(Tag place, Tag post)
    {
        if (post.Code != "ambassador" || place.First < post.End)
            return false;
        for (var i = post.End; i < place.First; i++)
            if (_tokens[i].Folded is "aupres" or "to" or "en" or "in" or "au" or "a" or "bei" or "ante" or "لدي")
                return true;
        return false;
    }

    private static int Distance(Tag a, Tag b) =>
        a.First >= b.End ? a.First - b.End
        : a.End <= b.First ? b.First - a.End + 1
        : 0;
}
