using Entente.Reading.Text;

namespace Entente.Reading.Knowledge;

/// <summary>How one written word is compared with one token.</summary>
internal enum Test : byte
{
    Exact,
    Prefix,
    Suffix,
    Contains,
    CaseExact,
    Number,
}

internal readonly record struct WordTest(Test Test, string Word)
{
    public bool Holds(Token token, string text)
    {
        if (Test == Test.Number)
            return token.Kind == TokenKind.Number;
        if (Test == Test.CaseExact)
            return text.AsSpan(token.Start, token.Length).SequenceEqual(Word);
        foreach (var form in token.Forms)
            if (
                Test switch
                {
                    Test.Exact => form == Word,
                    Test.Prefix => form.StartsWith(Word, StringComparison.Ordinal),
                    Test.Suffix => form.EndsWith(Word, StringComparison.Ordinal),
                    _ => form.Contains(Word, StringComparison.Ordinal),
                }
            )
                return true;
        return false;
    }
}

/// <summary>One word of a pattern: its alternatives, or (where <see cref="Gap"/> > 0) up to that many free words.</summary>
internal sealed record Element(WordTest[] Alternatives, bool Optional, int Gap)
{
    public bool Holds(Token token, string text)
    {
        foreach (var test in Alternatives)
            if (test.Holds(token, text))
                return true;
        return false;
    }
}

/// <summary>One line of a knowledge file, ready to be matched.</summary>
internal sealed record Entry(string Category, string Code, string Words, Element[] Elements)
{
    /// <summary>How much of a text the entry pins down: between matches of equal length the more specific one wins.</summary>
    public int Specificity { get; } =
        Elements.Sum(element =>
            element.Alternatives.Length == 0 ? 0 : element.Alternatives.Min(test => test.Word.Length)
        );

    public string Name { get; } = $"{Category}/{Code}: {Words}";

    /// <summary>The end (exclusive) of the longest match that starts at the token, or -1.</summary>
    public int Match(List<Token> tokens, int start, int end, string text) => Match(tokens, start, end, text, 0);

    private int Match(List<Token> tokens, int at, int end, string text, int element)
    {
        if (element == Elements.Length)
            return at;
        var current = Elements[element];
        if (current.Gap > 0)
            return AfterGap(tokens, at, end, text, element);
        if (at < end && current.Holds(tokens[at], text))
        {
            var matched = Match(tokens, at + 1, end, text, element + 1);
            if (matched >= 0)
                return matched;
        }
        // An apostrophe or hyphen inside a phrase is not written in the knowledge files.
        if (element > 0 && at < end && IsJoint(tokens[at]))
            return Match(tokens, at + 1, end, text, element);
        return current.Optional ? Match(tokens, at, end, text, element + 1) : -1;
    }

    private int AfterGap(List<Token> tokens, int at, int end, string text, int element)
    {
        var words = 0;
        for (var i = at; i <= end; i++)
        {
            var matched = Match(tokens, i, end, text, element + 1);
            if (matched >= 0)
                return matched;
            if (i == end || IsStop(tokens[i]))
                return -1;
            if (!IsJoint(tokens[i]) && ++words > Elements[element].Gap)
                return -1;
        }
        return -1;
    }

    private static bool IsJoint(Token token) =>
        token.Kind == TokenKind.Mark && token.Folded is "'" or "-" or "\"" or "." or "&" && token.Glued
        || token.Kind == TokenKind.Mark && token.Folded is "\"";

    private static bool IsStop(Token token) => token.Kind == TokenKind.Mark && !IsJoint(token);
}
