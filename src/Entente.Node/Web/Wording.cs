using System.Globalization;

namespace Entente.Node.Web;

/// <summary>Times, lengths of time and codes in the words of the reader's language.</summary>
internal static class Wording
{
    /// <summary>The day, written with the month's name: 04/05 means two days in six languages.</summary>
    public static string Day(DateTimeOffset at) => at.ToString(ShortDay, CultureInfo.CurrentCulture);

    /// <summary>`1er avril 2022`, `7. April 2022`, `7 de abril de 2022`, as an administration writes a date.</summary>
    public static string LongDay(DateOnly day, string language)
    {
        var pattern = language switch
        {
            "de" or "fi" => "d. MMMM yyyy",
            "es" => "d 'de' MMMM 'de' yyyy",
            "fr" when day.Day == 1 => "'1er' MMMM yyyy",
            _ => "d MMMM yyyy",
        };
        return day.ToString(pattern, CultureInfo.GetCultureInfo(language));
    }

    /// <summary>A day or number of its own direction between words of another: 2026-01-01 would be read from its end in Arabic.</summary>
    public static string Isolated(string words) => Labels.RightToLeft ? $"\u2066{words}\u2069" : words;

    /// <summary>One after the other, with the comma of the reader's script.</summary>
    public static string Listed(IEnumerable<string> words) => string.Join(Labels.RightToLeft ? "، " : ", ", words);

    /// <summary>What a value is of, and the value: French sets a space before the colon, others none.</summary>
    public static string Pair(this Labels labels, string name, string value) => labels["component.pair", name, value];

    public static string Moment(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString(ShortDay + " HH:mm", CultureInfo.CurrentCulture);

    // German and Finnish number the day with a point.
    private static string ShortDay =>
        CultureInfo.CurrentCulture.TwoLetterISOLanguageName is "de" or "fi" ? "d. MMM yyyy" : "d MMM yyyy";

    /// <summary>`UTC`, `UTC+1`, `UTC-3:30`: which clock a time was read from.</summary>
    public static string Zone(TimeSpan offset) =>
        offset == TimeSpan.Zero
            ? "UTC"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}"
            );

    /// <summary>`2 h 5 min`, `3 j 4 h`, `40 j`; never negative.</summary>
    public static string Length(this Labels labels, TimeSpan length)
    {
        var span = length.Duration();
        return span switch
        {
            { TotalDays: >= 10 } => labels["span.days", Digits(span.TotalDays)],
            { TotalDays: >= 2, Hours: 0 } => labels["span.days", Digits(span.TotalDays)],
            { TotalDays: >= 2 } => labels["span.days-hours", Digits(span.Days), Digits(span.Hours)],
            { TotalHours: >= 1, Minutes: 0 } => labels["span.hours", Digits((int)span.TotalHours)],
            { TotalHours: >= 1 } => labels["span.hours-minutes", Digits((int)span.TotalHours), Digits(span.Minutes)],
            _ => labels["span.minutes", Digits(span.Minutes)],
        };
    }

    /// <summary>`il y a 3 h 10 min` for the past, `dans 5 min` for what is to come.</summary>
    public static string Relative(this Labels labels, TimeSpan fromNow) =>
        fromNow.Duration() < TimeSpan.FromMinutes(1) ? labels["span.now"]
        : fromNow < TimeSpan.Zero ? labels["span.ago", labels.Length(fromNow)]
        : labels["span.ahead", labels.Length(fromNow)];

    /// <summary>A state's name by its ISO 3166-1 code.</summary>
    public static string Country(this Labels labels, string code) =>
        labels.Has($"country.{code}") ? labels[$"country.{code}"] : code;

    private static string Digits(double number) => Math.Floor(number).ToString("0", CultureInfo.InvariantCulture);
}
