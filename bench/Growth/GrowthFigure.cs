using System.Diagnostics;
using System.Globalization;

namespace Entente.Bench;

/// <summary>How long one thing took, over many rounds after a few that do not count.</summary>
internal sealed record GrowthFigure(string What, double Median, double NinetyNinth)
{
    private const int Warm = 20;

    /// <param name="prepare">Done before each round, not timed.</param>
    public static async Task<GrowthFigure> OfAsync<T>(
        string what,
        int rounds,
        Func<int, Task<T>> prepare,
        Func<T, int, Task> timed
    )
    {
        var times = new List<double>();
        for (var i = -Warm; i < rounds; i++)
        {
            var prepared = await prepare(Math.Abs(i));
            var began = Stopwatch.GetTimestamp();
            await timed(prepared, Math.Abs(i));
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        times.Sort();
        return new GrowthFigure(what, times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    public static Task<GrowthFigure> OfAsync<T>(
        string what,
        int rounds,
        Func<int, Task<T>> prepare,
        Func<T, Task> timed
    ) => OfAsync(what, rounds, prepare, (prepared, _) => timed(prepared));

    public static Task<GrowthFigure> OfAsync<T>(string what, int rounds, Func<int, Task<T>> timed) =>
        OfAsync(what, rounds, _ => Task.FromResult(0), (_, i) => timed(i));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Median:0.00} ({NinetyNinth:0.0})");
}
