using System.Globalization;

namespace Entente.Reading.Text;

/// <summary>Cuts text into words, numbers and marks, once, keeping the place of each in the original.</summary>
internal static class Tokeniser
{
    public static List<Token> Tokenise(string text, int start, int end)
    {
        var tokens = new List<Token>((end - start) / 5 + 4);
        var at = start;
        var spaced = true;
        while (at < end)
        {
            var c = text[at];
            if (c == '&' && HtmlEntity.At(text, at, end) is { } entity)
            {
                if (entity.Mark is { } mark)
                    tokens.Add(new Token(at, entity.Length, TokenKind.Mark, Shape.NoCase, !spaced, mark));
                spaced = entity.Mark is null;
                at += entity.Length;
                continue;
            }
            if (char.IsWhiteSpace(c) || IsInvisible(c))
            {
                spaced |= char.IsWhiteSpace(c);
                at++;
                continue;
            }
            var stop = EndOfToken(text, at, end);
            tokens.Add(Make(text, at, stop, !spaced));
            at = stop;
            spaced = false;
        }
        return tokens;
    }

    private static int EndOfToken(string text, int at, int end)
    {
        var c = text[at];
        if (IsDigit(c))
            return EndOfNumber(text, at, end);
        if (!IsLetter(c))
            return at + (char.IsHighSurrogate(c) && at + 1 < end && char.IsLowSurrogate(text[at + 1]) ? 2 : 1);
        var stop = at + 1;
        // A word longer than any name is noise: cut it so that no rule ever sees a token of millions of characters.
        while (stop < end && stop - at < 80 && (IsLetter(text[stop]) || IsInvisible(text[stop])))
            stop++;
        return HyphenatedLineEnd(text, stop, end);
    }

    // "al-\ngerien": a word broken at the line's end is one word.
    private static int HyphenatedLineEnd(string text, int stop, int end)
    {
        if (stop + 2 >= end || text[stop] != '-')
            return stop;
        var next = stop + 1;
        while (next < end && text[next] is '\r' or ' ')
            next++;
        if (next + 1 >= end || text[next] != '\n' || !char.IsLower(text[next + 1]))
            return stop;
        var resumed = next + 1;
        while (resumed < end && resumed - stop < 40 && IsLetter(text[resumed]))
            resumed++;
        return resumed;
    }

    // "1.200", "1 094" (with no-break or thin space), "3,2", "16": one number.
    private static int EndOfNumber(string text, int at, int end)
    {
        var stop = at;
        while (stop < end && stop - at < 30)
        {
            if (IsDigit(text[stop]))
                stop++;
            else if (IsInnerMark(text, stop, end))
                stop++;
            else
                break;
        }
        return stop;
    }

    private static bool IsInnerMark(string text, int at, int end)
    {
        if (at + 1 >= end || !IsDigit(text[at + 1]))
            return false;
        if (text[at] is '\u00A0' or '\u202F' or ' ')
            return ThreeDigits(text, at + 1, end) && ThreeAtMostBefore(text, at);
        if (text[at] is not ('.' or ','))
            return false;
        // "14.3.2025" and "14.3." are dates: their parts stay apart.
        var next = at + 1;
        while (next < end && IsDigit(text[next]))
            next++;
        var dotted = next < end && text[next] == '.' && text[at] == '.';
        var before = at - 1;
        while (before >= 0 && IsDigit(text[before]))
            before--;
        var chained = before >= 0 && text[before] == '.' && text[at] == '.' && before > 0 && IsDigit(text[before - 1]);
        return (!dotted && !chained) || ThreeDigits(text, at + 1, end);
    }

    private static bool ThreeDigits(string text, int at, int end) =>
        at + 3 <= end
        && IsDigit(text[at])
        && IsDigit(text[at + 1])
        && IsDigit(text[at + 2])
        && (at + 3 == end || !IsDigit(text[at + 3]));

    private static bool ThreeAtMostBefore(string text, int at)
    {
        var digits = 0;
        for (var i = at - 1; i >= 0 && IsDigit(text[i]); i--)
            digits++;
        return digits <= 3;
    }

    private static Token Make(string text, int start, int stop, bool glued)
    {
        var piece = text.AsSpan(start, stop - start);
        var first = piece[0];
        var kind =
            IsDigit(first) ? TokenKind.Number
            : IsLetter(first) ? TokenKind.Word
            : TokenKind.Mark;
        if (kind == TokenKind.Mark)
            return new Token(start, piece.Length, kind, Shape.NoCase, glued, Mark(first));
        var folded = Folding.Fold(RemoveBreak(piece));
        var arabic = first is >= '\u0600' and <= '\u06FF';
        return new Token(start, piece.Length, kind, ShapeOf(piece), glued, folded)
        {
            Forms = arabic ? ArabicForms.Of(folded) : [folded],
        };
    }

    private static ReadOnlySpan<char> RemoveBreak(ReadOnlySpan<char> word)
    {
        var dash = word.IndexOf('-');
        if (dash < 0)
            return word;
        var line = word.IndexOf('\n');
        return string.Concat(word[..dash], word[(line + 1)..]);
    }

    private static string Mark(char c) =>
        c switch
        {
            '’' or '‘' or '`' or '´' or 'ʼ' or '\'' => "'",
            '–' or '—' or '‑' or '−' or '-' => "-",
            '،' => ",",
            '؛' => ";",
            '؟' => "?",
            '“' or '”' or '„' or '«' or '»' or '"' => "\"",
            _ => c.ToString(),
        };

    private static Shape ShapeOf(ReadOnlySpan<char> word)
    {
        if (!char.IsUpper(word[0]))
            return char.IsLower(word[0]) ? Shape.Lower : Shape.NoCase;
        var upper = 0;
        foreach (var c in word)
            if (char.IsUpper(c))
                upper++;
        return upper == word.Length && upper > 1 ? Shape.Upper : Shape.Capital;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9' or >= '٠' and <= '٩' or >= '۰' and <= '۹';

    private static bool IsLetter(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z'
        || (c > 127 && (char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark));

    // Soft hyphen, zero-width characters and bidi controls: invisible, and no boundary.
    internal static bool IsInvisible(char c) =>
        c is '\u00AD' or '\uFEFF'
        || c is >= '\u200B' and <= '\u200F'
        || c is >= '\u202A' and <= '\u202E'
        || c is >= '\u2060' and <= '\u2069';
}
