namespace Entente.Node.Features.Briefing;

/// <summary>A briefing, ready to be shown or written: everything in it is already in its language.</summary>
/// <param name="Rank">The highest classification of what it was made from.</param>
public sealed record Fiche(
    string Language,
    string Title,
    string MadeAt,
    int Rank,
    string Marking,
    IReadOnlyList<FicheSection> Sections
);

public sealed record FicheSection(string Title, IReadOnlyList<FicheBlock> Blocks);

public abstract record FicheBlock;

public sealed record FicheFacts(IReadOnlyList<(string Label, string Value)> Rows) : FicheBlock;

public sealed record FicheTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows) : FicheBlock
{
    /// <summary>How many rows are open on a screen; the rest is folded. On paper all of them stand.</summary>
    public int Open { get; init; } = int.MaxValue;

    /// <summary>What the fold says.</summary>
    public string More { get; init; } = "";
}

public sealed record FicheBars(string Title, IReadOnlyList<(string Label, double Value)> Rows) : FicheBlock;

public sealed record FicheList(IReadOnlyList<string> Items, bool Numbered = false) : FicheBlock;

public sealed record FicheNote(string Text) : FicheBlock;
