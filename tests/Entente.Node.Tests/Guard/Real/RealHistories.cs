using System.Diagnostics;
using System.Globalization;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>
/// Random histories of three real nodes: users, links, requests, answers, leave given and taken back, recalls, erasures,
/// doubts, notes, joint texts, persons' rights, what is put right, restarts. Every content has a word of its own; after each step people look at pages, lists, searches,
/// files and evidence, and an oracle that shares no code with the guard says whether they may have seen what they saw.
/// ENTENTE_REAL_HISTORIES asks for more than the short run has, ENTENTE_REAL_MINUTES for no more than so long.
/// </summary>
public sealed class RealHistories
{
    private const int Steps = 20;
    private const int LooksAStep = 4;

    // Nodes are started once for many histories; what they keep grows, and all of it is read at each sweep.
    private const int HistoriesAWorld = 100;
    private const int HistoriesASweep = 5;

    private static int Histories =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_REAL_HISTORIES"), out var wanted) ? wanted : 4;

    /// <summary>For a run of a night: begins no history after so long, however many were asked for.</summary>
    private static TimeSpan Longest =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_REAL_MINUTES"), out var minutes)
            ? TimeSpan.FromMinutes(minutes)
            : TimeSpan.MaxValue;

    private static ulong Seed =>
        ulong.TryParse(Environment.GetEnvironmentVariable("ENTENTE_REAL_SEED"), out var seed) ? seed : 1;

    [Fact]
    public async Task Nobody_is_shown_what_the_rules_then_in_force_did_not_allow()
    {
        var began = Stopwatch.GetTimestamp();
        var (words, lived, spent) = (0, 0, new Spent());
        for (var first = 0; first < Histories && Stopwatch.GetElapsedTime(began) < Longest; first += HistoriesAWorld)
        {
            var opening = Stopwatch.GetTimestamp();
            await using var world = await World.OpenAsync();
            spent.Opening += Stopwatch.GetElapsedTime(opening);
            for (var history = first; history < Math.Min(Histories, first + HistoriesAWorld); history++)
            {
                var last =
                    history + 1 == Histories
                    || history + 1 == first + HistoriesAWorld
                    || Stopwatch.GetElapsedTime(began) > Longest;
                await LiveAsync(world, Seed + (ulong)history, () => Canary.Of(words++), last, spent);
                lived++;
                if (last)
                {
                    break;
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{lived} histories, {spent.Sent} messages, {spent.Pages} looks, {spent.Shown} contents shown, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s (opening {spent.Opening.TotalSeconds:0}, steps {spent.Steps.TotalSeconds:0}, looks {spent.Looks.TotalSeconds:0}, ends {spent.Ends.TotalSeconds:0})"
            )
        );
        // A test in which nothing is sent and nobody is shown anything proves nothing.
        spent.Sent.ShouldBeGreaterThan(lived);
        spent.Shown.ShouldBeGreaterThan(lived);
    }

    private static async Task LiveAsync(World world, ulong seed, Func<string> token, bool last, Spent spent)
    {
        var chance = new Chance(seed);
        var course = new Course(world, chance, token);
        var eyes = new Eyes(world, chance);
        var happened = "";
        for (var step = 0; step < Steps; step++)
        {
            var at = Stopwatch.GetTimestamp();
            happened = $"seed {seed}, step {step}: {await course.StepAsync()}";
            spent.Steps += Stopwatch.GetElapsedTime(at);
            at = Stopwatch.GetTimestamp();
            await eyes.LookAsync(course.Items, LooksAStep, happened);
            await eyes.ProveAsync(course.Items, happened);
            spent.Looks += Stopwatch.GetElapsedTime(at);
        }

        var ended = Stopwatch.GetTimestamp();
        await course.EndAsync();
        foreach (var one in course.Sent)
        {
            await eyes.LedgeredAsync(world[one.Node], one.Login, "disclose", $"message:{one.Message}", one.Partner);
        }

        if (last || seed % HistoriesASweep == 0)
        {
            await eyes.SweepAsync(happened);
        }

        spent.Ends += Stopwatch.GetElapsedTime(ended);
        (spent.Pages, spent.Shown, spent.Sent) = (
            spent.Pages + eyes.Seen.Pages,
            spent.Shown + eyes.Seen.Shown,
            spent.Sent + course.Sent.Count
        );
    }

    /// <summary>What was done, and where the time went.</summary>
    private sealed class Spent
    {
        public TimeSpan Opening { get; set; }
        public TimeSpan Steps { get; set; }
        public TimeSpan Looks { get; set; }
        public TimeSpan Ends { get; set; }
        public int Pages { get; set; }
        public int Shown { get; set; }
        public int Sent { get; set; }
    }
}
