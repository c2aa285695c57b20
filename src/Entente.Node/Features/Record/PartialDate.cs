using System.Globalization;
using Entente.Node.Web;

namespace Entente.Node.Features.Record;

/// <summary>ISO dates as precise as known: `2022`, `2022-04`, `2022-04-07`. The record keeps them as text.</summary>
internal static class PartialDate
{
    // Further off nobody meets, promises or is born, and days can no longer be counted from there.
    private const int FirstYear = 1000;
    private const int LastYear = 2999;

    private static readonly string[] Shapes = ["yyyy", "yyyy-MM", "yyyy-MM-dd"];

    public static bool IsValid(string text) => TryEarliest(text, out _);

    /// <summary>Sorts like the date; a date nobody knows comes last in a list of the newest first.</summary>
    public static string SortKey(string? date) => date ?? "0000";

    /// <summary>True where both are the same day, month or year, as far as the less precise one tells.</summary>
    public static bool Agree(string one, string other) =>
        one.StartsWith(other, StringComparison.Ordinal) || other.StartsWith(one, StringComparison.Ordinal);

    /// <summary>The more precise of two dates that agree.</summary>
    public static string? Finer(string? one, string? other) => (one?.Length ?? 0) >= (other?.Length ?? 0) ? one : other;

    public static string Today(TimeProvider clock) =>
        clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last day it may be, for comparing: `2022` is over when its last day is.</summary>
    public static string Last(string date) =>
        date.Length switch
        {
            4 => $"{date}-12-31",
            7 => $"{date}-{LastOfMonth(date)}",
            _ => date,
        };

    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= FirstYear and <= LastYear;

    public static bool TryFirstDay(string? text, out DateOnly day)
    {
        day = default;
        return text is not null && TryEarliest(text, out day);
    }

    /// <summary>For people: `7 avril 2022`, `avril 2022`, `2022` in the language of the request.</summary>
    public static string Show(string? date)
    {
        if (date is null || !TryEarliest(date, out var first))
        {
            return date ?? "";
        }

        var culture = CultureInfo.CurrentCulture;
        return date.Length switch
        {
            4 => date,
            7 => first.ToString("y", culture),
            _ => Wording.LongDay(first, culture.TwoLetterISOLanguageName),
        };
    }

    private static string LastOfMonth(string month) =>
        TryEarliest(month, out var first)
            ? DateTime.DaysInMonth(first.Year, first.Month).ToString("00", CultureInfo.InvariantCulture)
            : "31";

    private static bool TryEarliest(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Shapes, CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && day.Year is >= FirstYear and <= LastYear;
}
