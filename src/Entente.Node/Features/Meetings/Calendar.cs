using System.Globalization;
using System.Text;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Record;

namespace Entente.Node.Features.Meetings;

/// <summary>Writes an iCalendar file (RFC 5545): lines folded at 75 octets, text escaped, ids that stay, a sequence that grows.</summary>
internal static class Calendar
{
    private const int LongestLine = 75;

    /// <param name="name">The calendar's name.</param>
    /// <param name="meetings">Each with what it is called.</param>
    /// <param name="due">Commitments with the day they are due, each with what it is called.</param>
    /// <param name="now">When it is written.</param>
    public static string Write(
        string name,
        IEnumerable<(PlannedMeeting Meeting, string Summary)> meetings,
        IEnumerable<(DueCommitment Commitment, string Summary)> due,
        DateTimeOffset now
    )
    {
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//Entente//Meetings//FR");
        Line(file, "CALSCALE:GREGORIAN");
        Line(file, "METHOD:PUBLISH");
        Line(file, $"X-WR-CALNAME:{Escape(name)}");
        foreach (var (meeting, summary) in meetings)
        {
            Event(file, meeting, summary);
        }

        foreach (var (commitment, summary) in due)
        {
            Due(file, commitment, summary, now);
        }

        Line(file, "END:VCALENDAR");
        return file.ToString();
    }

    private static void Event(StringBuilder file, PlannedMeeting meeting, string summary)
    {
        Line(file, "BEGIN:VEVENT");
        Line(file, $"UID:{meeting.Id}@entente");
        Line(file, $"DTSTAMP:{Utc(meeting.UpdatedAt)}");
        Line(file, $"LAST-MODIFIED:{Utc(meeting.UpdatedAt)}");
        Line(file, string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{meeting.Sequence}"));
        Times(file, meeting);
        Line(file, $"SUMMARY:{Escape(summary)}");
        if (meeting.Place.Length > 0)
        {
            Line(file, $"LOCATION:{Escape(meeting.Place)}");
        }

        Line(file, meeting.Agreed ? "STATUS:CONFIRMED" : "STATUS:TENTATIVE");
        Line(file, "END:VEVENT");
    }

    // An event of the day rather than a task: calendars that subscribe leave tasks out.
    private static void Due(StringBuilder file, DueCommitment commitment, string summary, DateTimeOffset now)
    {
        if (!PartialDate.TryDay(commitment.Due, out var day))
        {
            return;
        }

        Line(file, "BEGIN:VEVENT");
        Line(file, $"UID:{commitment.Id}-due@entente");
        Line(file, $"DTSTAMP:{Utc(now)}");
        Line(file, $"DTSTART;VALUE=DATE:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        Line(file, $"DTEND;VALUE=DATE:{day.AddDays(1).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
        Line(file, $"SUMMARY:{Escape(summary)}");
        Line(file, $"DESCRIPTION:{Escape(commitment.Wording)}");
        Line(file, "TRANSP:TRANSPARENT");
        foreach (var (_, days) in ReminderStages.Before)
        {
            Line(file, "BEGIN:VALARM");
            Line(file, "ACTION:DISPLAY");
            Line(file, string.Create(CultureInfo.InvariantCulture, $"TRIGGER:-P{days}D"));
            Line(file, $"DESCRIPTION:{Escape(summary)}");
            Line(file, "END:VALARM");
        }

        Line(file, "END:VEVENT");
    }

    /// <summary>A floating time: ten o'clock is ten o'clock where the meeting is held, whatever the reader's zone.</summary>
    private static void Times(StringBuilder file, PlannedMeeting meeting)
    {
        var day = DateOnly.ParseExact(meeting.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (meeting.Time.Length == 0)
        {
            Line(file, $"DTSTART;VALUE=DATE:{day.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
            Line(file, $"DTEND;VALUE=DATE:{day.AddDays(1).ToString("yyyyMMdd", CultureInfo.InvariantCulture)}");
            return;
        }

        var start = day.ToDateTime(TimeOnly.ParseExact(meeting.Time, "HH:mm", CultureInfo.InvariantCulture));
        Line(file, $"DTSTART:{Local(start)}");
        Line(file, $"DTEND:{Local(start.AddMinutes(Math.Max(meeting.Minutes, 1)))}");
    }

    private static string Local(DateTime at) => at.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace(";", "\\;", StringComparison.Ordinal)
            .Replace(",", "\\,", StringComparison.Ordinal)
            .ReplaceLineEndings("\\n");

    /// <summary>Folded between characters, never inside one.</summary>
    private static void Line(StringBuilder file, string text)
    {
        var octets = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                file.Append("\r\n ");
                octets = 1;
            }

            file.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
