using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>Where the encounter was: a city after a word for "in", nearest the sentences that tell of it.</summary>
internal sealed class EncounterPlace(Page page, Frames frames, Found<DateOnly>? published)
{
    private static readonly HashSet<string> Prepositions = ["a", "en", "in", "at", "au", "في", "ب"];

    private readonly List<Token> _tokens = page.Tokens;

    public Found<string>? Find()
    {
        Found<string>? best = null;
        var highest = 0.0;
        foreach (var sentence in page.Sentences)
        {
            var frame = frames.Of(sentence);
            if (frame.Denied || frame.Third || frame.Comments || frame.Absent)
                continue;
            var signed = SignedEarlier.In(page, sentence, published);
            foreach (var (name, first, end, score, entry) in Candidates(sentence))
            {
                // Where the older agreement was signed is not where they met.
                if (signed is not null && end <= signed.First && signed.First - end <= 3)
                    continue;
                var total = score + Score(frame, sentence);
                if (total <= highest)
                    continue;
                highest = total;
                best = new Found<string>(name, Math.Min(0.95, 0.5 + total / 10), [page.SpanOf(first, end)], entry);
            }
        }
        return highest >= 1.5 ? best : null;
    }

    private static double Score(Frame frame, Sentence sentence) =>
        (
            frame.Meets || frame.Signs ? 2
            : frame.Visits || frame.Attends ? 1.4
            : 0
        )
        - (frame.History ? 1.5 : 0)
        - (sentence.Has("commitments", "follow-up-meeting") && sentence.Order > 0 ? 2.5 : 0)
        - Math.Min(2.5, sentence.Order * 0.15);

    private IEnumerable<(string Name, int First, int End, double Score, string Entry)> Candidates(Sentence sentence)
    {
        foreach (var tag in sentence.Tags)
            if (tag.Category is "capital" or "city")
            {
                var score = ScoreOf(tag, sentence);
                if (score > 0)
                    yield return (Name(tag), tag.First, tag.End, score, tag.Entry.Name);
            }
            else if (tag.Category == "country" && NamedAsCapital.Contains(tag.Code) && IsDateline(tag, sentence))
                yield return (
                    page.Language == "ar" ? Capitals.Latin(tag.Code) : Spelt(page.Words(tag)),
                    tag.First,
                    tag.End,
                    2,
                    "rule/capital-of"
                );
            else if (
                tag.Category == "capitalwords"
                && Demonym(sentence, tag) is { } state
                && Capitals.In(page.Language, state.Code) is { } capital
            )
                yield return (capital, tag.First, state.End, 1.6, "rule/capital-of");
        if (frames.Of(sentence).Encounter)
            for (var at = sentence.First + 1; at < sentence.End; at++)
                if (IsUnknownPlace(sentence, at))
                    yield return (page.Words(at, at + 1), at, at + 1, 1.2, "rule/unknown-place");
    }

    // "الجزائر (وكالات) -": the state and its capital have one name.
    private static readonly HashSet<string> NamedAsCapital = ["DZ", "TN", "KW", "DJ", "LU", "SG", "MX", "GT", "PA"];

    private static Tag? Demonym(Sentence sentence, Tag word) =>
        sentence.Tags.Find(tag => tag.Category == "demonym" && (tag.First == word.End || tag.End == word.First));

    private double ScoreOf(Tag tag, Sentence sentence)
    {
        if (HasPreposition(tag))
            return sentence.Paragraph.IsTitle ? 3.4 : 2;
        if (
            sentence.Tags.Exists(host =>
                host.Category == "frames" && host.Code == "host" && (host.End == tag.First || host.First == tag.End)
            )
        )
            return 2.4;
        if (IsDateline(tag, sentence))
            return sentence.Tags.Exists(other =>
                other.Category is "capital" or "city" && other.First == tag.End + 1 && _tokens[tag.End].IsMark('/')
            )
                ? 0.4
                : 2;
        return 0;
    }

    // "Rabat - Le ministre …", "DOHA (AA) -", "Dakar. El ministro …": the place opens a paragraph.
    private bool IsDateline(Tag tag, Sentence sentence)
    {
        if (
            tag.First > sentence.First + 1
            || tag.First > sentence.Paragraph.FirstToken + 2
            || tag.End >= sentence.Paragraph.EndToken
        )
            return false;
        var next = _tokens[tag.End];
        return next.Kind == TokenKind.Number
            || next.Folded is "-" or "(" or "." or "/"
            || (next.IsMark(':') && sentence.Paragraph.IsTitle)
            || next.IsMark(',')
            || (page.Language == "ar" && next.Folded is "في");
    }

    private bool HasPreposition(Tag tag)
    {
        if (page.Language == "fi")
            return IsFinnishInside(_tokens[tag.End - 1].Folded);
        if (page.Language == "ar" && _tokens[tag.First].Folded is ['ب', ..] && !tag.Entry.Words.StartsWith('ب'))
            return true;
        if (tag.First == 0)
            return false;
        var before = _tokens[tag.First - 1];
        if (Prepositions.Contains(before.Folded))
            return true;
        if (
            tag.First > 2
            && before.Folded is "de" or "of" or "d"
            && _tokens[tag.First - 2].Folded is "aeroport" or "aeropuerto" or "airport" or "ville" or "ciudad" or "city"
        )
            return true;
        if (tag.First < 2 || !Prepositions.Contains(_tokens[tag.First - 2].Folded) && !IsTown(_tokens[tag.First - 1]))
            return false;
        return IsTown(before) || before.Folded is "الي" or "downtown" or "مطار";
    }

    private static bool IsTown(Token token) =>
        token.Forms.Any(form => form is "مدينه" or "مطار" or "عاصمه" or "ville" or "ciudad");

    private static bool IsFinnishInside(string word) =>
        word.EndsWith("ssa", StringComparison.Ordinal) || word.EndsWith("lla", StringComparison.Ordinal);

    // "at Farafenni": a capitalised word after "at" that no vocabulary knows.
    private bool IsUnknownPlace(Sentence sentence, int at)
    {
        var token = _tokens[at];
        if (!token.IsWord || token.Shape != Shape.Capital || token.Length < 4)
            return false;
        var before = _tokens[at - 1].Folded;
        var inside = page.Language switch
        {
            "fr" => before == "a",
            "es" => before == "en",
            "en" => before is "at" or "in",
            "fi" => IsFinnishInside(token.Folded) && at > sentence.First,
            _ => false,
        };
        return inside
            && (at + 1 >= sentence.End || !_tokens[at + 1].IsCapital)
            && !OpensName(at + 1, sentence)
            && !sentence.Tags.Exists(tag =>
                tag.First <= at && at < tag.End && tag.Category is not "domains" and not "frames" and not "commitments"
            );
    }

    // "at Auberge de Castille": a building, by the small word inside its name.
    private bool OpensName(int next, Sentence sentence) =>
        next + 1 < sentence.End
        && Knowledge.NameParticles.Contains(_tokens[next].Folded)
        && _tokens[next].Shape == Shape.Lower
        && _tokens[next + 1].IsCapital;

    private string Name(Tag tag)
    {
        if (page.Language == "ar")
            return tag.Category == "city" ? tag.Code[3..] : Capitals.Latin(tag.Code);
        if (page.Language == "fi")
            return tag.Category == "city" ? tag.Code[3..] : Capitals.In("fi", tag.Code) ?? page.Words(tag);
        return Spelt(page.Words(tag));
    }

    // A dateline in capitals names the city as any other line does.
    private static string Spelt(string name) =>
        name.Length > 3 && name.All(c => !char.IsLower(c))
            ? string.Join(' ', name.Split(' ').Select(word => word[..1] + word[1..].ToLowerInvariant()))
            : name;
}
