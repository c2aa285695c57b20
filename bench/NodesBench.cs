using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dapper;
using Entente.Node.Commands.Demo;
using Entente.Node.Storage;

namespace Entente.Bench;

/// <summary>
/// The demo's nodes as processes: memory when idle (limit 150 MB), time of each page (limit 50 ms), time from 'send' to
/// receipt (limit 200 ms in the median). Each figure stands beside its limit.
/// </summary>
internal static class NodesBench
{
    private const int Rounds = 20;
    private const int Requests = 40;
    private static readonly CancellationToken Never = CancellationToken.None;

    public static async Task RunAsync()
    {
        var folder = new DemoFolder(Directory.CreateTempSubdirectory("entente-bench-").FullName);
        try
        {
            var state = await new DemoSetup(folder, TimeProvider.System, _ => { }).RunAsync(
                DemoPorts.Free(),
                DemoSamples.AllButOne,
                Never
            );
            await using (var nodes = await DemoNodes.StartAsync(folder, state, TimeProvider.System, Never))
            {
                await Task.Delay(TimeSpan.FromSeconds(5), Never);
                Say("idle memory", nodes.ResidentBytes.Max() / 1e6, 150, "MB");
                await new DemoScenario(state, _ => { }).PlayAsync(DemoSamples.TheOne, Never);
                await PagesAsync(state);
                await SendAsync(state);
            }

            await DeliveryAsync(folder, state);
        }
        finally
        {
            Directory.Delete(folder.Path, recursive: true);
        }
    }

    /// <summary>Every page that each role's navigation reaches, and the pages these link to, one deep.</summary>
    private static async Task PagesAsync(DemoState state)
    {
        foreach (var login in (string[])["liaison", "desk", "security1", "auditor"])
        {
            using var visitor = await SignInAsync(state, login);
            var home = await visitor.GetAsync("/", Never);
            var paths = Links(home, "nav a[href^='/']").ToList();
            foreach (var path in paths.ToList())
            {
                paths.AddRange(Links(await visitor.GetAsync(path, Never), "main a[href^='/']").Take(4));
            }

            foreach (var path in paths.Distinct())
            {
                // A ledger entry may link to what only other roles open.
                if ((await visitor.GetAsync(path, Never)).Status == HttpStatusCode.OK)
                {
                    Say($"page {login} {Shape(path)}", await MedianAsync(visitor, path), 50, "ms");
                }
            }
        }
    }

    private static IEnumerable<string> Links(BrowserlessPage page, string selector) =>
        page
            .Document.QuerySelectorAll(selector)
            .Select(a => a.GetAttribute("href") ?? "")
            .Where(href =>
                !href.Contains("export", StringComparison.Ordinal) && !href.Contains('#', StringComparison.Ordinal)
            );

    private static string Shape(string path) => path.Length > 60 ? path[..60] + "…" : path;

    private static async Task<double> MedianAsync(BrowserlessClient visitor, string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Rounds; i++)
        {
            var began = Stopwatch.GetTimestamp();
            using var response = await visitor.Http.GetAsync(path, Never);
            response.EnsureSuccessStatusCode();
            await response.Content.ReadAsByteArrayAsync(Never);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Median(times);
    }

    private static async Task SendAsync(DemoState state)
    {
        using var officer = await SignInAsync(state, "liaison");
        for (var i = 0; i < Requests; i++)
        {
            var page = await officer.GetAsync("/compose?to=liaison%40es.interior", Never);
            var basis = page.Document.QuerySelector("select[name=basis] option:not([value=''])")?.GetAttribute("value");
            await officer.SubmitAsync(page, "compose", DemoRequest.Fields(basis ?? ""), Never);
        }

        await Task.Delay(TimeSpan.FromSeconds(2), Never);
    }

    private static async Task DeliveryAsync(DemoFolder folder, DemoState state)
    {
        const string sql = """
            SELECT state_at - sent FROM message WHERE direction = 'out' AND kind = 'request' AND state = 'delivered'
            """;
        var node = state.Nodes[0];
        await using var database = new Database(node.Home(folder.Path).ConnectionString(node.Options));
        var waits = (await database.ReadAsync(c => c.QueryAsync<long>(sql), Never)).Select(ms => (double)ms).ToList();
        Say($"send to receipt, median of {waits.Count}", Median(waits), 200, "ms");
    }

    private static async Task<BrowserlessClient> SignInAsync(DemoState state, string login)
    {
        var account = state.Account(state.Nodes[0].Id, login);
        var visitor = new BrowserlessClient(new Uri(state.Nodes[0].Pages));
        await visitor.SignInAsync(account.Login, account.Password, account.TotpSecret, Never);
        return visitor;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Say(string what, double figure, double limit, string unit) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -78} {figure, 8:0.0} {unit} of {limit:0} ({figure / limit:0%})"
            )
        );
}
