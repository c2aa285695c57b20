using System.Diagnostics;
using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Features.Links;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace Entente.Bench;

/// <summary>
/// What a node's work costs with more and more messages stored: each figure beside that of the smallest store. A figure
/// that grows with the store is a query that reads too much.
/// </summary>
internal static class GrowthBench
{
    private const int Rounds = 200;
    private static readonly CancellationToken Never = CancellationToken.None;

    /// <param name="engines">None: SQLite, and PostgreSQL where ENTENTE_TEST_POSTGRES names a server.</param>
    /// <param name="sizes">None: ten thousand and a million messages.</param>
    public static async Task RunAsync(IReadOnlyList<string> engines, IReadOnlyList<long> sizes)
    {
        IReadOnlyList<long> stored = sizes.Count > 0 ? sizes : [10_000, 1_000_000];
        if (engines.Count == 0 || engines.Contains("sqlite"))
        {
            await RunAsync("SQLite", null, stored);
        }

        var server = Environment.GetEnvironmentVariable("ENTENTE_TEST_POSTGRES");
        if (server is not null && (engines.Count == 0 || engines.Contains("postgres")))
        {
            await RunAsync("PostgreSQL", server, stored);
        }
    }

    private static async Task RunAsync(string engine, string? server, IReadOnlyList<long> sizes)
    {
        var table = new List<(long Size, IReadOnlyList<GrowthFigure> Figures)>();
        foreach (var size in sizes)
        {
            table.Add((size, await MeasureAsync(server, size)));
            Print(engine, table);
        }
    }

    /// <summary>A store that an earlier run, stopped on its way, left behind.</summary>
    public static async Task RunAsync(string folder)
    {
        await using var large = await BenchStore.OpenAsync(folder);
        await using var us = large.Services();
        var fill = Fill(us);
        var size = await fill.FindAsync();
        Print("SQLite", [(size, await MeasureAsync(us, fill, "fr.interieur"))]);
    }

    private static async Task<IReadOnlyList<GrowthFigure>> MeasureAsync(string? server, long size)
    {
        await using var large = await BenchStore.CreateAsync(server);
        await using var us = large.Services();
        // Contents of 2 KiB; shorter ones where the disk is better kept for rows.
        var content = GrowthLink.Message("ma.interieur", "es.interior", size > 2_000_000 ? 0 : 1200).ToLine();
        var fill = Fill(us);
        var watch = Stopwatch.StartNew();
        await fill.RunAsync(size, content, n => Progress(n, size, watch.Elapsed));
        await us.GetRequiredService<Database>().ReadAsync(c => GrowthLink.AnalyseAsync(c, server is not null), Never);
        return await MeasureAsync(us, fill, "es.interior");
    }

    private static GrowthFill Fill(ServiceProvider us) =>
        new(
            us.GetRequiredService<Database>(),
            us.GetRequiredService<LedgerLog>(),
            us.GetRequiredService<ContentSeal>(),
            us.GetRequiredService<SearchWords>()
        );

    private static async Task<IReadOnlyList<GrowthFigure>> MeasureAsync(
        ServiceProvider us,
        GrowthFill fill,
        string partner
    )
    {
        await using var small = await BenchStore.CreateAsync(null, partner);
        await using var them = small.Services();
        await GrowthLink.JoinAsync(us, them);
        await us.GetRequiredService<SumKeeper>().KeepAsync(rest: 0, Never);
        return
        [
            .. await ExchangeAsync(us, them, partner),
            .. await PagesAsync(us, fill),
            .. await LedgerAsync(us, fill),
        ];
    }

    private static async Task<IReadOnlyList<GrowthFigure>> ExchangeAsync(
        ServiceProvider us,
        ServiceProvider them,
        string partner
    )
    {
        var other = (await us.GetRequiredService<LinkDirectory>().FindPartnerAsync(partner, Never))!; // Joined.
        var node = (await them.GetRequiredService<LinkDirectory>().FindPartnerAsync("ma.interieur", Never))!;
        var receiver = us.GetRequiredService<Receiver>();
        return
        [
            await GrowthFigure.OfAsync(
                "send: queue and seal",
                Rounds,
                _ => GrowthLink.SendAsync(us, other, "ma.interieur", partner)
            ),
            await GrowthFigure.OfAsync(
                "receive, durable and receipted",
                Rounds,
                _ => GrowthLink.SendAsync(them, node, partner, "ma.interieur"),
                async jwe =>
                {
                    if ((await receiver.TakeAsync(other, jwe, Never)).Receipt is null)
                    {
                        throw new InvalidOperationException("It was not taken.");
                    }
                }
            ),
        ];
    }

    private static async Task<IReadOnlyList<GrowthFigure>> PagesAsync(ServiceProvider us, GrowthFill fill)
    {
        var lists = us.GetRequiredService<RequestLists>();
        var reader = us.GetRequiredService<CaseReader>();
        var figures = us.GetRequiredService<ExchangeFigures>();
        var officer = Officer(GrowthFill.Unit(7), Role.Officer);
        var supervisor = Officer(GrowthFill.Unit(7), Role.Supervisor);
        var all = new ListFilter { Show = "all", Both = true };
        var middle = (await lists.SentAsync(supervisor, all, Middle(fill), Never)).Next;
        return
        [
            await Times("inbox, a unit's", _ => lists.InboxAsync(officer, new ListFilter(), null, Never)),
            await Times("inbox, a supervisor's", _ => lists.InboxAsync(supervisor, new ListFilter(), null, Never)),
            await Times("inbox, answered too, in the middle", _ => lists.InboxAsync(officer, all, Middle(fill), Never)),
            await Times("cases, first page", _ => lists.SentAsync(supervisor, all, null, Never)),
            await Times("cases, in the middle", _ => lists.SentAsync(supervisor, all, middle, Never)),
            await Times(
                "cases, of one partner",
                i => lists.SentAsync(supervisor, all with { Partner = $"p{i % 40:00}.police" }, null, Never)
            ),
            await Times("case", i => reader.ReadAsync(supervisor, Sample(fill, i).Case, Never)),
            await Times(
                "search, a rare word",
                i => lists.SentAsync(supervisor, all with { Words = Sample(fill, i).Word }, null, Never)
            ),
            await Times(
                "search, a word in every message",
                _ => lists.SentAsync(supervisor, all with { Words = GrowthFill.CommonWord }, null, Never)
            ),
            await Times(
                "search, both words",
                i =>
                    lists.SentAsync(
                        supervisor,
                        all with
                        {
                            Words = $"{GrowthFill.CommonWord} {Sample(fill, i).Word}",
                        },
                        null,
                        Never
                    )
            ),
            await Times("figures of a partner", i => figures.ForAsync(supervisor, $"{i % 40:00}", Never)),
        ];
    }

    private static async Task<IReadOnlyList<GrowthFigure>> LedgerAsync(ServiceProvider us, GrowthFill fill)
    {
        var log = us.GetRequiredService<LedgerLog>();
        var book = us.GetRequiredService<LedgerBook>();
        var size = await log.SizeAsync(Never);
        return
        [
            await Times("ledger proof", i => log.InclusionAsync(size / Rounds * i, size, Never)),
            await Times("ledger page", _ => book.EventsAsync(new LedgerFilter(), null, 50, Never)),
            await Times("ledger page, in the middle", _ => book.EventsAsync(new LedgerFilter(), size / 2, 50, Never)),
            await Times(
                "ledger page, of one message",
                i => book.EventsAsync(new LedgerFilter(Object: "message:" + Sample(fill, i).Request), null, 50, Never)
            ),
        ];
    }

    private static (string Case, string Request, string Word) Sample(GrowthFill fill, int i) =>
        fill.Samples[i * 7 % fill.Samples.Count];

    private static PageKey Middle(GrowthFill fill) =>
        new(TimeProvider.System.GetUtcNow() - (fill.Samples.Count * TimeSpan.FromSeconds(1)), "g");

    private static Officer Officer(string unit, Role role) =>
        new("u-1", "agent.liaison", "Agent de liaison", unit, new HashSet<Role> { role }, Clearance: 3);

    private static Task<GrowthFigure> Times<T>(string what, Func<int, Task<T>> run) =>
        GrowthFigure.OfAsync(what, Rounds, _ => Task.FromResult(0), (_, i) => run(i));

    private static void Progress(long done, long of, TimeSpan elapsed)
    {
        if (done % (of / 10) < 4096)
        {
            Console.Error.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"filled {done:N0} of {of:N0}, {done / elapsed.TotalSeconds:N0} a second"
                )
            );
        }
    }

    private static void Print(string engine, List<(long Size, IReadOnlyList<GrowthFigure> Figures)> table)
    {
        Console.WriteLine();
        Console.WriteLine(
            $"| {engine}, median (99th) in ms | "
                + string.Join(" | ", table.Select(t => t.Size.ToString("N0", CultureInfo.InvariantCulture)))
                + " |"
        );
        Console.WriteLine("|---|" + string.Concat(table.Select(_ => "---|")));
        for (var i = 0; i < table[0].Figures.Count; i++)
        {
            Console.WriteLine(
                $"| {table[0].Figures[i].What} | "
                    + string.Join(" | ", table.Select(t => t.Figures[i].ToString()))
                    + " |"
            );
        }
    }
}
