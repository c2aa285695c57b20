namespace Entente.Node.Features.Readings;

/// <summary>Texts of one encounter beside each other: for each field what each says, and whether they differ.</summary>
internal static class Sources
{
    public static IReadOnlyList<SourceRow> Compare(IReadOnlyList<ReadingText> texts) =>
        [.. DraftFields.All.SelectMany(field => Rows(field, texts))];

    private static IEnumerable<SourceRow> Rows(DraftField field, IReadOnlyList<ReadingText> texts)
    {
        var values = texts.Select(text => text.Draft.Kept(field.Key).ToList()).ToList();
        var left = values.SelectMany(v => v).ToList();
        while (left.Count > 0)
        {
            var one = left[0];
            var cells = values.ConvertAll(of => of.Find(other => Matches(field, one, other)));
            left.Remove(one);
            left.RemoveAll(cells.Contains);
            yield return new SourceRow(field.Key, cells, Differs(field, cells));
        }
    }

    // A field with one value has one row, whatever the texts say in it.
    private static bool Matches(DraftField field, DraftValue one, DraftValue other) =>
        field.Once
        || (field.Key == "participant" && Twins.SamePerson(one, other))
        || (
            field.Key is "instrument" or "result"
                ? one.Part("type") == other.Part("type")
                : string.Equals(one.Part("value"), other.Part("value"), StringComparison.OrdinalIgnoreCase)
        )
            && field.Key != "participant";

    // When each text came out is its own matter; everything else the encounter has in common.
    private static bool Differs(DraftField field, IReadOnlyList<DraftValue?> cells) =>
        field.Key is not ("published" or "mentioned")
        && cells.Any(cell => cell is null || !SameParts(field, cell, cells[0]));

    private static bool SameParts(DraftField field, DraftValue one, DraftValue? other) =>
        other is not null
        && field
            .Parts.Where(part => part.Name is not ("title" or "words" or "native"))
            .All(part => string.Equals(one.Part(part.Name), other.Part(part.Name), StringComparison.OrdinalIgnoreCase));
}

/// <param name="Cells">One for each text, in their order; null where it does not say so.</param>
internal sealed record SourceRow(string Field, IReadOnlyList<DraftValue?> Cells, bool Differs);
