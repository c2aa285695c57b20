using Entente.Node.Features.Record;

namespace Entente.Node.Features.Commitments;

/// <summary>How near a due date is: `month`, `week`, `day`, and then `overdue`.</summary>
internal static class ReminderStages
{
    public const string Overdue = "overdue";

    /// <summary>Days before; alarms in calendars ring at the same.</summary>
    public static readonly IReadOnlyList<(string Stage, int Days)> Before = [("day", 1), ("week", 7), ("month", 30)];

    /// <summary>Null while it is far away.</summary>
    public static string? Of(string due, DateOnly today)
    {
        if (!PartialDate.TryDay(PartialDate.Last(due), out var day))
        {
            return null;
        }

        var left = day.DayNumber - today.DayNumber;
        return left < 0 ? Overdue : Before.Where(one => left <= one.Days).Select(one => one.Stage).FirstOrDefault();
    }
}

/// <param name="Stage">See <see cref="ReminderStages"/>.</param>
public sealed record Reminder(DueCommitment Commitment, string Stage);
