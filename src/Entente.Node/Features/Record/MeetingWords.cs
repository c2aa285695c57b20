using Entente.Node.Web;

namespace Entente.Node.Features.Record;

/// <summary>How lists and headings name a meeting.</summary>
internal static class MeetingWords
{
    /// <summary>`Réunion, Rabat, 30 octobre 2023`.</summary>
    public static string Title(Labels labels, MeetingRow meeting) =>
        string.Join(
            Labels.RightToLeft ? "، " : ", ",
            new[]
            {
                labels[$"encounter.{meeting.Kind}"],
                Isolated(meeting.Place),
                meeting.Date is null ? labels["record.undated"] : PartialDate.Show(meeting.Date),
            }.Where(p => !string.IsNullOrEmpty(p))
        );

    // A town in Latin letters must not turn the Arabic words around it: first-strong isolate, pop isolate.
    private static string? Isolated(string? place) =>
        place is not null && Labels.RightToLeft ? $"\u2068{place}\u2069" : place;
}
