using System.Diagnostics;
using System.Globalization;
using Xunit.Sdk;

namespace Entente.Faults.Histories;

/// <summary>The histories that are told, not drawn, for the long form: one of them after each storm.</summary>
internal static class ToldHistories
{
    private static readonly (string Name, Func<ulong, Task> PlayAsync)[] All =
    [
        ("disk full", _ => new DiskTests().Full_disk_costs_time_and_no_message()),
        ("bits turned over", PagesAsync),
        ("disk read-only", _ => new DiskTests().Disk_that_turns_read_only_costs_time_and_no_message()),
        (
            "certificate expired",
            _ =>
                new CertificateTests().Certificate_that_expires_stops_the_link_in_words_and_a_new_one_lets_everything_through()
        ),
        (
            "clocks jump",
            _ =>
                new ClockTests().Clocks_that_jump_hours_either_way_under_running_nodes_delay_nothing_and_look_like_no_lie()
        ),
    ];

    /// <param name="turn">Which of them: they take turns.</param>
    public static async Task PlayAsync(int turn, ulong seed)
    {
        var (name, play) = All[turn % All.Length];
        var began = Stopwatch.GetTimestamp();
        var end = "held";
        try
        {
            await play(seed);
            Tally.OfTheRun.Count("told histories");
        }
        catch (SkipException e)
        {
            end = e.Message; // This machine cannot do that: the others go on.
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {end}; {seconds:0.0} s"));
    }

    private static async Task PagesAsync(ulong seed)
    {
        await using var world = new QuietWorld();
        await world.InitializeAsync();
        await new PageTests(world).TurnAsync(flips: 400, seed);
    }
}
