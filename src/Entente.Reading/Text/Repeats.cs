namespace Entente.Reading.Text;

/// <summary>Remembers the paragraphs of a page, to know one that stands in it twice, whole or broken off.</summary>
internal sealed class Repeats
{
    private const int ShortestRepeat = 40;
    private const int Opening = 120;

    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byOpening = new(StringComparer.Ordinal);

    public string? Find(Page page, Paragraph paragraph)
    {
        if (paragraph.Length < ShortestRepeat)
            return null;
        var folded = Folding.Fold(page.Text.AsSpan(paragraph.Start, paragraph.Length));
        if (!_whole.Add(folded))
            return "repeat";
        if (folded.Length <= Opening)
            return null;
        if (!_byOpening.TryGetValue(folded[..Opening], out var alike))
            _byOpening[folded[..Opening]] = alike = [];
        var longer = alike.Exists(other =>
            other.Length > folded.Length && other.StartsWith(folded[..^1], StringComparison.Ordinal)
        );
        alike.Add(folded);
        return longer ? "repeat" : null;
    }
}
