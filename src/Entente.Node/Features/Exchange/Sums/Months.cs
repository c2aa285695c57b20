namespace Entente.Node.Features.Exchange.Sums;

/// <summary>The calendar of the sums: days and months of UTC.</summary>
internal static class Months
{
    public static DateTimeOffset Beginning(DateTimeOffset day) => new(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The day itself where a month begins with it.</summary>
    public static DateTimeOffset Next(DateTimeOffset day) =>
        Beginning(day) is var own && own < day ? own.AddMonths(1) : own;

    public static DateTimeOffset Day(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);

    public static DateTimeOffset NextDay(DateTimeOffset at) => Day(at) is var own && own < at ? own.AddDays(1) : own;
}
