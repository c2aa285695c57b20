using System.Globalization;

namespace Entente.Faults.Histories;

/// <summary>`ENTENTE_FAULTS=30m`, set by `./test --faults 30m`: how long the long form goes on.</summary>
internal static class RunLength
{
    public static TimeSpan? Long { get; } = Parse(Environment.GetEnvironmentVariable("ENTENTE_FAULTS"));

    /// <summary>`ENTENTE_FAULTS_SEED`: the first history's seed, to play a failed one again; the next ones count on.</summary>
    public static ulong? Seed { get; } =
        ulong.TryParse(
            Environment.GetEnvironmentVariable("ENTENTE_FAULTS_SEED"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var seed
        )
            ? seed
            : null;

    private static TimeSpan? Parse(string? text) =>
        text is [.. var digits, 's' or 'm' or 'h']
        && double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(number),
                'm' => TimeSpan.FromMinutes(number),
                _ => TimeSpan.FromHours(number),
            }
            : null;
}
