using System.Diagnostics;
using System.Globalization;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>
/// Random histories of three real nodes: users, links, requests, answers, leave given and taken back, recalls, erasures,
/// doubts, notes, restarts. Every content has a word of its own; after each step people look at pages, lists, searches,
/// files and evidence, and an oracle that shares no code with the guard says whether they may have seen what they saw.
/// ENTENTE_REAL_HISTORIES asks for more than the short run has.
/// </summary>
public sealed class RealHistories
{
    private const int Steps = 20;
    private const int LooksAStep = 4;

    private static int Histories =>
        int.TryParse(Environment.GetEnvironmentVariable("ENTENTE_REAL_HISTORIES"), out var wanted) ? wanted : 4;

    private static ulong Seed =>
        ulong.TryParse(Environment.GetEnvironmentVariable("ENTENTE_REAL_SEED"), out var seed) ? seed : 1;

    [Fact]
    public async Task Nobody_is_shown_what_the_rules_then_in_force_did_not_allow()
    {
        var began = Stopwatch.GetTimestamp();
        await using var world = await World.OpenAsync();
        var (words, pages, shown, sent) = (0, 0, 0, 0);
        for (var history = 0; history < Histories; history++)
        {
            var chance = new Chance(Seed + (ulong)history);
            var course = new Course(world, chance, () => Canary.Of(words++));
            var eyes = new Eyes(world, chance);
            var happened = "";
            for (var step = 0; step < Steps; step++)
            {
                happened = $"seed {Seed + (ulong)history}, step {step}: {await course.StepAsync()}";
                for (var look = 0; look < LooksAStep; look++)
                {
                    await eyes.LookAsync(course.Items, happened);
                }

                await eyes.ProveAsync(course.Items, happened);
            }

            await course.EndAsync();
            foreach (var one in course.Sent)
            {
                await eyes.LedgeredAsync(world[one.Node], one.Login, "disclose", $"message:{one.Message}", one.Partner);
            }

            await eyes.SweepAsync(happened);
            (pages, shown, sent) = (pages + eyes.Seen.Pages, shown + eyes.Seen.Shown, sent + course.Sent.Count);
        }

        TestContext.Current.SendDiagnosticMessage(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Histories} histories, {sent} messages, {pages} looks, {shown} contents shown, {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s"
            )
        );
        // A test in which nothing is sent and nobody is shown anything proves nothing.
        sent.ShouldBeGreaterThan(Histories);
        shown.ShouldBeGreaterThan(Histories);
    }
}
