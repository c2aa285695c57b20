using Entente.Reading.Knowledge;

namespace Entente.Reading.Text;

/// <summary>Cuts the article's paragraphs into tokens and sentences, and tags each sentence once.</summary>
internal static class Sentences
{
    /// <summary>Longer sentences are lists or noise; cutting them keeps tagging linear.</summary>
    private const int MostTokens = 250;

    public static void CutAndTag(Page page)
    {
        foreach (var paragraph in page.Paragraphs)
        {
            paragraph.FirstToken = page.Tokens.Count;
            if (paragraph.Aside is null)
            {
                page.Tokens.AddRange(Tokeniser.Tokenise(page.Text, paragraph.Start, paragraph.End));
                Cut(page, paragraph);
            }
            paragraph.EndToken = page.Tokens.Count;
        }
        ForgetAbsentStates(page);
    }

    // Several states call a service DGSN: the acronym speaks for its state only where the text names that state, or
    // names too few states to be a meeting of others.
    private static void ForgetAbsentStates(Page page)
    {
        var named = page
            .Sentences.SelectMany(sentence => sentence.Tags)
            .Where(tag => tag.Category is "country" or "demonym" or "capital" or "city")
            .Select(Rules.Sides.StateOf)
            .ToHashSet();
        if (named.Count < 2)
            return;
        foreach (var sentence in page.Sentences)
            for (var i = 0; i < sentence.Tags.Count; i++)
                if (
                    sentence.Tags[i] is { Category: "bodies" } body
                    && body.Code[2] == ':'
                    && !named.Contains(body.Code[..2])
                )
                    sentence.Tags[i] = body with { Entry = body.Entry with { Code = body.Code[3..] } };
    }

    private static void Cut(Page page, Paragraph paragraph)
    {
        var first = paragraph.FirstToken;
        for (var at = first; at < page.Tokens.Count; at++)
        {
            if (at - first + 1 < MostTokens && !EndsSentence(page.Tokens, at))
                continue;
            Add(page, paragraph, first, at + 1);
            first = at + 1;
        }
        Add(page, paragraph, first, page.Tokens.Count);
    }

    private static void Add(Page page, Paragraph paragraph, int first, int end)
    {
        while (first < end && page.Tokens[first].Kind == TokenKind.Mark && !page.Tokens[first].IsMark('['))
            first++;
        if (first >= end)
            return;
        var sentence = new Sentence(first, end, paragraph, page.Sentences.Count);
        var language = paragraph.Language.Length > 0 ? paragraph.Language : page.Language;
        Vocabulary.Of(language).Tag(page.Tokens, first, end, page.Text, sentence.Tags);
        sentence.Tags.RemoveAll(tag => IsInsideName(page, sentence, tag));
        page.Sentences.Add(sentence);
    }

    // "al-Sudani" is no Sudan, "Golfe de Guinée" no Guinea.
    private static bool IsInsideName(Page page, Sentence sentence, Tag tag)
    {
        if (tag.Category is not ("country" or "demonym" or "capital" or "city"))
            return false;
        if (
            tag.First > sentence.First + 1
            && page.Tokens[tag.First - 1].IsMark('-')
            && page.Tokens[tag.First - 1].Glued
            && page.Tokens[tag.First - 2].Folded is "al" or "el" or "ad" or "as"
        )
            return true;
        return sentence.Tags.Exists(other =>
            other.Category == "notnames" && other.Words > tag.Words && other.First <= tag.First && tag.End <= other.End
        );
    }

    private static bool EndsSentence(List<Token> tokens, int at)
    {
        var token = tokens[at];
        if (token.Kind != TokenKind.Mark)
            return false;
        if (token.Folded is "!" or "?" or "…")
            return at + 1 == tokens.Count || !tokens[at + 1].IsMark('"') || !Continues(tokens, at + 2);
        return token.Folded is "." && !IsAbbreviation(tokens, at) && !Continues(tokens, at + 1);
    }

    // After a full stop a lower-case word goes on with the same sentence ("janv. 2023", "a.m. on").
    private static bool Continues(List<Token> tokens, int next)
    {
        while (next < tokens.Count && tokens[next].IsMark('"'))
            next++;
        return next < tokens.Count
            && (
                tokens[next].Shape == Shape.Lower
                || tokens[next].Kind == TokenKind.Mark && tokens[next].Folded is "," or ";" or ")"
            );
    }

    private static bool IsAbbreviation(List<Token> tokens, int at)
    {
        if (at == 0)
            return false;
        var before = tokens[at - 1];
        if (!tokens[at].Glued)
            return false;
        if (before.Kind == TokenKind.Number)
            return at + 1 < tokens.Count && before.Length <= 2 && (tokens[at + 1].Glued || IsMonthLike(tokens[at + 1]));
        return before.IsWord
            && before.IsCapital
            && (
                before.Length == 1
                || before.Folded
                    is "mm"
                        or "mme"
                        or "mr"
                        or "mrs"
                        or "ms"
                        or "dr"
                        or "sr"
                        or "sra"
                        or "prof"
                        or "gen"
                        or "st"
                        or "nr"
                        or "jan"
                        or "feb"
                        or "aug"
                        or "sept"
                        or "oct"
                        or "nov"
                        or "dec"
                        or "mlle"
                        or "exc"
                        or "lt"
                        or "col"
                        or "sgt"
                        or "capt"
                        or "hon"
                        or "ing"
                        or "mag"
                        or "dipl"
                        or "abg"
            );
    }

    // "28. Februar", "6. toukokuuta": the ordinal of a date.
    private static bool IsMonthLike(Token next) =>
        next.IsWord && next.Folded.Length > 2 && Dates.DateWords.IsMonth(next.Folded);
}
