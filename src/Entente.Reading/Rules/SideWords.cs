using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Words that say whose people come next, from the vocabulary <c>sideframes</c>: "du côté belge", "auf deutscher
/// Seite", "for Rwanda".</summary>
internal sealed class SideWords(Page page)
{
    public static string? LaterSide(NameMention mention)
    {
        foreach (var frame in mention.Sentence.Tags)
            if (frame is { Category: "sideframes", Code: "side" } && frame.First >= mention.End)
                return mention
                    .Sentence.Tags.Find(tag =>
                        tag.Category is "demonym" or "country"
                        && tag.First <= frame.End + 1
                        && tag.End >= frame.First - 1
                    )
                    ?.Code;
        return null;
    }

    // "Du côté belge, y ont siégé …", "Auf deutscher Seite sitzen …", "X for Rwanda": such words near the name.
    public string? FromList(Person person, Dictionary<string, double> weights)
    {
        foreach (var mention in person.Mentions)
        {
            if (After(mention) is { } after)
                return after;
            if (SideFrame(mention.Sentence, mention.First, weights) is { } state)
                return state;
            if (
                mention.Sentence.Tags.Exists(tag => tag.Category == "sideframes" && tag.First < mention.First)
                && mention.Sentence.Order > 0
            )
            {
                var previous = page.Sentences[mention.Sentence.Order - 1];
                if (SideFrame(previous, previous.End, weights) is { } carried)
                    return carried;
            }
        }
        return null;
    }

    private string? SideFrame(Sentence sentence, int position, Dictionary<string, double> weights)
    {
        string? state = null;
        foreach (var frame in sentence.Tags)
        {
            if (
                frame.Category != "sideframes"
                || frame.First > position
                || (frame.Code == "for" && !OpensClause(sentence, frame))
            )
                continue;
            if (frame.Code == "across" && state is not null)
                state = weights
                    .Where(pair => pair.Key != state)
                    .OrderByDescending(pair => pair.Value)
                    .Select(pair => pair.Key)
                    .FirstOrDefault();
            var near = sentence.Tags.Find(tag =>
                tag.Category is "demonym" or "country"
                && (
                    frame.Code == "for"
                        ? tag.First == frame.End || tag.First == frame.End + 1
                        : tag.First <= frame.End + 1 && tag.End >= frame.First - 1
                )
            );
            state = near?.Code ?? state;
        }
        return state;
    }

    private bool OpensClause(Sentence sentence, Tag frame) =>
        frame.First == sentence.First
        || page.Tokens[frame.First - 1].Kind == TokenKind.Mark
        || page.Tokens[frame.First - 1].Folded is "y" or "et" or "and" or "und" or "e" or "ja";

    // "X, minister of interior, signed for Rwanda"; what opens a clause of its own speaks of those who come after it.
    private string? After(NameMention mention)
    {
        foreach (var frame in mention.Sentence.Tags)
            if (
                frame.Category == "sideframes"
                && frame.Code == "for"
                && frame.First >= mention.End
                && frame.First - mention.End <= 9
                && !OpensClause(mention.Sentence, frame)
            )
                return mention
                    .Sentence.Tags.Find(tag =>
                        tag.Category is "country" or "demonym" && (tag.First == frame.End || tag.First == frame.End + 1)
                    )
                    ?.Code;
        return null;
    }
}
