using Entente.Node.Web;
using Entente.Node.Web.Components;

namespace Entente.Node.Features.Record;

/// <summary>Meetings, instruments and commitments due with one state, the newest first.</summary>
internal static class PartnerTimeline
{
    public static IReadOnlyList<TimelineEntry> Of(
        Labels labels,
        string country,
        IReadOnlyList<MeetingRow> meetings,
        IReadOnlyList<InstrumentRow> instruments,
        IReadOnlyList<CommitmentRow> commitments
    )
    {
        var entries = new List<TimelineEntry>();
        foreach (var one in meetings.Where(m => m.Date is not null))
        {
            var title = string.Join(
                ", ",
                new[] { labels[$"encounter.{one.Kind}"], one.Place }.Where(p => p is not null)
            );
            var text = one.Sources > 1 ? labels["record.sources", one.Sources] : null;
            Add(entries, one.Date, title, "calendar-event", $"/record/{country}/meetings/{one.Id}", text, Tone.Info);
        }

        foreach (var one in instruments)
        {
            var title = InstrumentWords.Title(labels, one);
            var status = labels[$"instrumentstatus.{one.Status}"];
            Add(
                entries,
                one.Date,
                title,
                "file-certificate",
                $"/record/{country}/instruments/{one.Id}",
                status,
                Tone.Good
            );
        }

        foreach (var one in commitments.Where(c => c.Due is not null))
        {
            var title = labels["record.due", labels[$"commitment.{one.Type}"]];
            Add(entries, one.Due, title, "calendar-due", $"/record/{country}/commitments/{one.Id}", null, Tone.Care);
        }

        return [.. entries.OrderByDescending(e => e.At)];
    }

    private static void Add(
        List<TimelineEntry> entries,
        string? date,
        string title,
        string icon,
        string href,
        string? text,
        Tone tone
    )
    {
        // The year or month alone stands at its first day; the entry's own page says how precise it is.
        if (PartialDate.TryFirstDay(date, out var day))
        {
            var at = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            entries.Add(new TimelineEntry(at, title, icon, href, text, tone, Exact: false));
        }
    }
}
