using System.Globalization;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>When a unit is at its desk. Whoever is alerted depends on it, a legal limit never does.</summary>
internal sealed record DutyHours
{
    /// <summary>Empty: for the units that have no hours of their own.</summary>
    public required string Unit { get; init; }

    /// <summary>1 is Monday, joined by commas.</summary>
    public required string Days { get; init; }

    /// <summary>Minutes after midnight, by the node's clock.</summary>
    public required int Opens { get; init; }

    /// <summary>The same; earlier than or equal to <see cref="Opens"/> means: on the next day.</summary>
    public required int Closes { get; init; }

    /// <summary>The unit alerted outside these hours; empty: the unit itself.</summary>
    public required string DutyUnit { get; init; }

    /// <summary>`yyyy-MM-dd`, joined by spaces.</summary>
    public required string Holidays { get; init; }

    /// <summary>What holds where nothing is set: always at its desk.</summary>
    public static DutyHours Always(string unit) =>
        new()
        {
            Unit = unit,
            Days = "1,2,3,4,5,6,7",
            Opens = 0,
            Closes = 24 * 60,
            DutyUnit = "",
            Holidays = "",
        };

    public bool IsAtDesk(DateTime local)
    {
        var minute = (local.Hour * 60) + local.Minute;
        return Closes > Opens
            ? IsWorkday(local) && minute >= Opens && minute < Closes
            : (IsWorkday(local) && minute >= Opens) || (IsWorkday(local.AddDays(-1)) && minute < Closes);
    }

    /// <summary>Who is alerted now about what lies with the unit.</summary>
    public string Alerted(string unit, DateTime local) => DutyUnit.Length == 0 || IsAtDesk(local) ? unit : DutyUnit;

    private bool IsWorkday(DateTime local)
    {
        var day = (((int)local.DayOfWeek + 6) % 7) + 1; // Sunday is 0 to .NET and 7 to an office.
        return Days.Split(',').Contains(day.ToString(CultureInfo.InvariantCulture))
            && !Holidays.Split(' ').Contains(local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }
}
