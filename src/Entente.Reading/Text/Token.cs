namespace Entente.Reading.Text;

internal enum TokenKind : byte
{
    Word,
    Number,
    Mark,
}

internal enum Shape : byte
{
    Lower,
    Capital,
    Upper,
    NoCase,
}

/// <summary>A word, number or mark. <see cref="Forms"/> are the readings tried against the vocabularies:
/// the folded word, and for Arabic the word without its proclitics.</summary>
internal sealed record Token(int Start, int Length, TokenKind Kind, Shape Shape, bool Glued, string Folded)
{
    public int End => Start + Length;
    public string[] Forms { get; init; } = [Folded];
    public bool IsWord => Kind == TokenKind.Word;

    public bool IsMark(char mark) => Kind == TokenKind.Mark && Folded.Length == 1 && Folded[0] == mark;

    /// <summary>Capitalised or written in capitals.</summary>
    public bool IsCapital => Shape is Shape.Capital or Shape.Upper;
}
