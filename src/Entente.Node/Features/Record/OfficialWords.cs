using Entente.Node.Web;

namespace Entente.Node.Features.Record;

internal static class OfficialWords
{
    /// <summary>The time in the post where somebody has entered it, else when the texts attest it.</summary>
    public static string Period(Labels labels, OfficialRow row) =>
        row.Since is not null || row.Until is not null
            ? labels["record.period", PartialDate.Show(row.Since), PartialDate.Show(row.Until)]
        : row.SeenFirst is null ? ""
        : row.SeenFirst == row.SeenLast ? labels["record.attested", PartialDate.Show(row.SeenFirst)]
        : labels["record.attested-between", PartialDate.Show(row.SeenFirst), PartialDate.Show(row.SeenLast)];
}
