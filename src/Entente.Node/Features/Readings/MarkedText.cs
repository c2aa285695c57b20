namespace Entente.Node.Features.Readings;

/// <summary>The text cut where marks begin and end, so that each piece is wholly inside or outside every mark.</summary>
internal static class MarkedText
{
    public static IReadOnlyList<TextPiece> Cut(string text, Draft draft)
    {
        var values = draft.Values.Where(v => !v.Rejected).ToList();
        var cuts = new SortedSet<int> { 0, text.Length };
        foreach (var span in values.SelectMany(v => v.Spans))
        {
            AddCut(cuts, span.Start, text.Length);
            AddCut(cuts, span.End, text.Length);
        }

        foreach (var aside in draft.SetAside)
        {
            AddCut(cuts, aside.Start, text.Length);
            AddCut(cuts, aside.End, text.Length);
        }

        var pieces = new List<TextPiece>(cuts.Count);
        var start = 0;
        foreach (var end in cuts.Skip(1))
        {
            pieces.Add(Piece(text, start, end, values, draft.SetAside));
            start = end;
        }

        return pieces;
    }

    private static TextPiece Piece(
        string text,
        int start,
        int end,
        IReadOnlyList<DraftValue> values,
        IReadOnlyList<SetAsideSpan> aside
    )
    {
        // The shortest mark is the most telling one: it gives the colour.
        var here = values
            .SelectMany(v => v.Spans.Select((s, i) => (Value: v, Span: s, Index: i)))
            .Where(m => m.Span.Start <= start && m.Span.End >= end)
            .OrderBy(m => m.Span.Length)
            .ToList();
        return new TextPiece(
            text[start..end],
            [.. here.Select(m => m.Value).Distinct()],
            [.. here.Where(m => m.Index == 0 && m.Span.Start == start).Select(m => m.Value.Id)],
            aside.FirstOrDefault(a => a.Start <= start && a.End >= end)?.Reason
        );
    }

    private static void AddCut(SortedSet<int> cuts, int at, int length) => cuts.Add(Math.Clamp(at, 0, length));
}

/// <param name="Values">Whose words these are, the most telling first.</param>
/// <param name="Begins">Ids of the values whose evidence begins here: the places to jump to.</param>
/// <param name="Aside">Why the reader left the words out, where it did.</param>
internal sealed record TextPiece(
    string Text,
    IReadOnlyList<DraftValue> Values,
    IReadOnlyList<string> Begins,
    string? Aside
);
