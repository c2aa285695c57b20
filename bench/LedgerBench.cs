using System.Diagnostics;
using System.Globalization;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Verification;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Bench;

/// <summary>
/// Appending to the ledger against its limit (the same rows, ready made, into the same table), in transactions as the
/// exchange commits them and in bulk; then proofs and verification at that size.
/// </summary>
internal static class LedgerBench
{
    private const int GroupCommit = 256;
    private const int InBulk = 8192;

    private static readonly string[] Columns =
    [
        "Idx",
        "At",
        "Actor",
        "Action",
        "Object",
        "Why",
        "Hash",
        "Link",
        "Json",
    ];

    public static async Task RunAsync(int leaves)
    {
        await RunAsync("SQLite", null, leaves);
        if (Environment.GetEnvironmentVariable("ENTENTE_TEST_POSTGRES") is { } server)
        {
            await RunAsync("PostgreSQL", server, leaves);
        }
    }

    private static async Task RunAsync(string engine, string? server, int leaves)
    {
        var few = Math.Min(leaves, 500_000);
        await RunAsync(engine, server, few, GroupCommit, verify: false);
        await RunAsync(engine, server, leaves, InBulk, verify: true);
    }

    private static async Task RunAsync(string engine, string? server, int leaves, int batch, bool verify)
    {
        double limit;
        await using (var plain = await BenchStore.CreateAsync(server))
        {
            limit = await PlainAsync(plain, Math.Min(leaves, 500_000), batch);
        }

        await using var store = await BenchStore.CreateAsync(server);
        var log = new LedgerLog(store.Database, TimeProvider.System, new LedgerHealth(TimeProvider.System));
        var append = await TimeAsync(
            leaves,
            batch,
            Events,
            events => store.Database.WriteAsync(t => log.AppendAsync(t, events, default), default)
        );
        Say(engine, $"bare insert of the rows, {batch} a transaction", limit, "leaves/s");
        Say(engine, $"append, {batch} a transaction", append, "leaves/s");
        Say(engine, "append against the bare insert", 100 * append / limit, "%");
        if (verify)
        {
            await ProofBench.MeasureAsync(engine, log, 0, 1);
            await VerifyAsync(engine, store);
        }
    }

    private static Task<double> PlainAsync(BenchStore store, int leaves, int batch)
    {
        const string sql = """
            INSERT INTO ledger_leaf (idx, at, actor, action, object, why, hash, link, json)
            VALUES (@Idx, @At, @Actor, @Action, @Object, @Why, @Hash, @Link, @Json)
            """;
        return TimeAsync(
            leaves,
            batch,
            Rows,
            rows => store.Database.WriteAsync(t => Bulk.ExecuteAsync(t, sql, Columns, rows, default), default)
        );
    }

    /// <summary>Only the writing is timed, not the making of what is written.</summary>
    private static async Task<double> TimeAsync<T>(int leaves, int batch, Func<long, int, T> make, Func<T, Task> write)
    {
        await write(make(0, batch)); // Warm: code compiled, statements prepared.
        var watch = new Stopwatch();
        for (long first = batch; first < leaves; first += batch)
        {
            var made = make(first, batch);
            watch.Start();
            await write(made);
            watch.Stop();
        }

        return (leaves - batch) / watch.Elapsed.TotalSeconds;
    }

    private static async Task VerifyAsync(string engine, BenchStore store)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();
        var worked = Environment.CpuUsage.TotalTime;
        var (report, head) = await NodeVerification.RunAsync(store.Home, _ => Advance.None, default);
        if (!report.Ok)
        {
            throw new InvalidOperationException(report.Problems[0].ToString());
        }

        Say(engine, $"verify {head.Size} leaves", watch.Elapsed.TotalSeconds, "s");
        Say(engine, "verify", head.Size / watch.Elapsed.TotalSeconds, "leaves/s");
        Say(
            engine,
            "verify, processor time a leaf",
            (Environment.CpuUsage.TotalTime - worked).TotalMicroseconds / head.Size,
            "µs"
        );
        Say(engine, "verify, allocated a leaf", (GC.GetTotalAllocatedBytes() - before) / (double)head.Size, "bytes");
        Say(engine, "working set at the end", Environment.WorkingSet / 1048576.0, "MiB");
    }

    internal static List<LedgerEvent> Events(long first, int count) =>
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new LedgerEvent(
                    "agent.liaison",
                    LedgerAction.Consult,
                    $"case:0192f0c4-7d3a-7000-8000-{first + i:x12}", // Ids grow with time, as real ones do.
                    "request",
                    Hash.Of([(byte)i]).ToString(),
                    "es.interior"
                )),
        ];

    private static List<object?[]> Rows(long first, int count)
    {
        var at = TimeProvider.System.GetUtcNow();
        return
        [
            .. Events(first, count)
                .Select(
                    (e, i) =>
                        new object?[]
                        {
                            first + i,
                            at.ToUnixTimeMilliseconds(),
                            e.Actor,
                            "consult",
                            e.Object,
                            e.Why,
                            e.Hash,
                            e.Link,
                            LedgerLeaf.Text(e, at),
                        }
                ),
        ];
    }

    internal static void Say(string engine, string what, double value, string unit) =>
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{engine, -11} {what, -48} {value, 12:N2} {unit}")
        );
}
