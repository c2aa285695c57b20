using Entente.Node.Web;

namespace Entente.Node.Features.Record;

/// <summary>How lists and headings name a meeting.</summary>
internal static class MeetingWords
{
    /// <summary>`Réunion, Rabat, 30 octobre 2023`.</summary>
    public static string Title(Labels labels, MeetingRow meeting) =>
        string.Join(
            ", ",
            new[]
            {
                labels[$"encounter.{meeting.Kind}"],
                meeting.Place,
                meeting.Date is null ? labels["record.undated"] : PartialDate.Show(meeting.Date),
            }.Where(p => !string.IsNullOrEmpty(p))
        );
}
