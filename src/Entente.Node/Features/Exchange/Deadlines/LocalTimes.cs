using System.Globalization;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>Times as a form gives them, by the node's clock.</summary>
internal static class LocalTimes
{
    /// <summary>`2026-11-22T14:30`; null where it is none.</summary>
    public static DateTimeOffset? Read(string text, TimeProvider clock) =>
        DateTime.TryParseExact(
            text,
            ["yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        )
            ? new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local))
            : null;

    /// <summary>Minutes after midnight from `08:30`; null where it is no time.</summary>
    public static int? Minutes(string text) =>
        TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, 0, out var time)
            ? (time.Hour * 60) + time.Minute
            : null;

    public static string OfMinutes(int minutes) =>
        string.Create(CultureInfo.InvariantCulture, $"{minutes / 60 % 24:00}:{minutes % 60:00}");
}
