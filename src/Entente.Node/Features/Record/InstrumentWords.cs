using Entente.Node.Web;

namespace Entente.Node.Features.Record;

/// <summary>How lists and headings name an instrument.</summary>
internal static class InstrumentWords
{
    /// <summary>Its title; an instrument that texts only name by its type has none.</summary>
    public static string Title(Labels labels, InstrumentRow row)
    {
        var type = labels[$"instrument.{row.Type}"];
        return row.Title.Length == 0 || FoldedName.Of(row.Title) == FoldedName.Of(type) ? type : row.Title;
    }

    public static string Line(Labels labels, InstrumentRow row) =>
        string.Join(
            " · ",
            new[]
            {
                labels[$"instrument.{row.Type}"],
                labels[$"instrumentstatus.{row.Status}"],
                PartialDate.Show(row.Date),
                row.Ended is null ? "" : labels["record.ended-on", PartialDate.Show(row.Ended)],
            }.Where(p => p.Length > 0)
        );
}
