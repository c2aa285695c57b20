using System.Globalization;

namespace Entente.Reading.Dates;

/// <summary>A full date inside a page address: /2024/02/22/, 2025-06-12, 20250211…, 07-05-2021.</summary>
internal static class UrlDate
{
    public static (DateOnly Date, int Start, int Length)? Find(string url)
    {
        for (var at = 0; at < url.Length; at++)
        {
            if (!char.IsAsciiDigit(url[at]) || (at > 0 && char.IsAsciiDigit(url[at - 1])))
                continue;
            if (Separated(url, at) is { } separated)
                return separated;
            if (Compact(url, at) is { } compact)
                return compact;
        }
        return null;
    }

    /// <summary>The year an address gives for a month: /2018/07/ or /07/18/.</summary>
    public static int? YearFor(string url, int month)
    {
        var parts = url.Split('/');
        for (var i = 0; i + 1 < parts.Length; i++)
        {
            if (
                parts[i].Length == 4
                && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
                && year is >= 1990 and <= 2100
            )
                return year;
            if (
                parts[i].Length == 2
                && parts[i + 1].Length == 2
                && int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out var m)
                && m == month
                && int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var y)
            )
                return 2000 + y;
        }
        return null;
    }

    private static (DateOnly, int, int)? Separated(string url, int at)
    {
        var first = Digits(url, at);
        var mark = at + first < url.Length ? url[at + first] : ' ';
        if (mark is not ('/' or '-' or '_' or '.'))
            return null;
        var second = Digits(url, at + first + 1);
        var next = at + first + 1 + second;
        if (second is not (1 or 2) || next >= url.Length || url[next] != mark)
            return null;
        var third = Digits(url, next + 1);
        var length = next + 1 + third - at;
        if (first == 4 && third is 1 or 2)
            return Dated(Number(url, at, 4), Number(url, at + 5, second), Number(url, next + 1, third), at, length);
        if (first is 1 or 2 && third == 4)
            return Dated(
                Number(url, next + 1, 4),
                Number(url, at + first + 1, second),
                Number(url, at, first),
                at,
                length
            );
        return null;
    }

    private static (DateOnly, int, int)? Compact(string url, int at)
    {
        var digits = Digits(url, at);
        return digits is 8 or 12 or 14 or > 16
            ? Dated(Number(url, at, 4), Number(url, at + 4, 2), Number(url, at + 6, 2), at, 8)
            : null;
    }

    private static (DateOnly, int, int)? Dated(int year, int month, int day, int start, int length) =>
        year is >= 1990 and <= 2100 && DateMention.Exists(year, month, day)
            ? (new DateOnly(year, month, day), start, length)
            : null;

    private static int Digits(string url, int at)
    {
        var stop = at;
        while (stop < url.Length && char.IsAsciiDigit(url[stop]))
            stop++;
        return stop - at;
    }

    private static int Number(string url, int at, int length) =>
        int.Parse(url.AsSpan(at, length), NumberStyles.None, CultureInfo.InvariantCulture);
}
