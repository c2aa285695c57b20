using System.Globalization;

namespace Entente.Reading.Dates;

/// <summary>A date as written: any of its parts, or a day counted from the publication.</summary>
/// <param name="Weekday">1 Monday to 7 Sunday.</param>
/// <param name="Offset">Days from publication: -1 for "hier".</param>
internal sealed record DateMention(int First, int End, int? Year, int? Month, int? Day, int? Weekday, int? Offset)
{
    public bool IsFull => Year is not null && Month is not null && Day is not null;

    public DateOnly? Full =>
        IsFull && Exists(Year!.Value, Month!.Value, Day!.Value)
            ? new DateOnly(Year.Value, Month.Value, Day.Value)
            : null;

    /// <summary>ISO date as precise as the words: 2022, 2022-04 or 2022-04-07.</summary>
    public string? Partial =>
        Year is null ? null
        : Month is null ? Year.Value.ToString("0000", CultureInfo.InvariantCulture)
        : Day is null ? string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}-{Day:00}");

    public static bool Exists(int year, int month, int day) =>
        year is >= 1900 and <= 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
}
