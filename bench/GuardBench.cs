using System.Diagnostics;
using Entente.Node.Features.Exchange;
using Entente.Node.Guard;
using Entente.Node.Guard.Explained;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Bench;

/// <summary>What one decision costs with every rule, among a thousand grants in force. Limit: 50 µs at p99.</summary>
internal static class GuardBench
{
    private const int Grants = 1000;
    private const int Warm = 50_000;
    private const double Limit = 50;

    public static async Task<int> RunAsync(int decisions)
    {
        var guard = new DisclosureGuard(
            GuardRegistration.Rules().Select(type => (IRule)Activator.CreateInstance(type)!) // None takes anything.
        );
        var facts = new UseFacts(
            null!,
            new NodeOptions
            {
                Node = "ma.interieur",
                Country = "MA",
                Names = new Dictionary<string, string>(),
                Pages = "http://localhost:0",
                Link = "https://localhost:0",
            }
        ); // Reads nothing here.
        var grants = Enumerable
            .Range(0, Grants)
            .Select(i => new PermissionGrant
            {
                MessageId = $"{i:d8}",
                Grantor = "de.bmi",
                ToNode = i % 2 == 0 ? "ma.interieur" : "fi.sm",
                ForUse = "onward",
            })
            .ToLookup(grant => grant.MessageId);
        Disclosure[] disclosures =
        [
            .. RuleExamples.All.Values,
            .. Enumerable.Repeat(RuleExamples.Lawful, RuleExamples.All.Count),
        ];
        var times = new double[decisions];
        for (var i = -Warm; i < decisions; i++)
        {
            var disclosure = disclosures[(i + Warm) % disclosures.Length];
            var fact = new UseFact
            {
                Id = $"{(i + Warm) % Grants:d8}",
                Partner = "de.bmi",
                Direction = "in",
                Kind = "answer",
                Rank = 1,
                Handling = "H1,H2",
                ToUnit = "liaison",
            };
            var began = Stopwatch.GetTimestamp();
            await guard.DecideAsync(
                disclosure with
                {
                    Foreign = [.. disclosure.Foreign, .. facts.ForeignIn(fact, null, grants[fact.Id])],
                },
                default
            );
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(began).TotalMicroseconds;
            }
        }

        Array.Sort(times);
        var p99 = times[(int)(decisions * 0.99)];
        Console.WriteLine(
            $"{guard.Rules.Count} rules, {Grants} grants, {decisions} decisions: median {times[decisions / 2]:f1} µs, p99 {p99:f1} µs (limit {Limit} µs), max {times[^1]:f0} µs"
        );
        return p99 <= Limit ? 0 : 1;
    }
}
