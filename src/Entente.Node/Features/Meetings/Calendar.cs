using System.Globalization;
using System.Text;

namespace Entente.Node.Features.Meetings;

/// <summary>Writes an iCalendar file (RFC 5545): lines folded at 75 octets, text escaped, ids that stay, a sequence that grows.</summary>
internal static class Calendar
{
    private const int LongestLine = 75;

    /// <param name="name">The calendar's name.</param>
    /// <param name="summary">What a meeting is called.</param>
    public static string Write(
        string name,
        IReadOnlyList<PlannedMeeting> meetings,
        Func<PlannedMeeting, string> summary
    )
    {
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//Entente//Meetings//FR");
        Line(file, "CALSCALE:GREGORIAN");
        Line(file, "METHOD:PUBLISH");
        Line(file, $"X-WR-CALNAME:{Escape(name)}");
        foreach (var meeting in meetings)
        {
            Event(file, meeting, summary(meeting));
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
