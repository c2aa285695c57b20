using System.Buffers.Binary;
using System.Diagnostics;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Bench;

/// <summary>
/// Inclusion proofs out of a ledger too large to make for real each time. Every kept node is a real row and the right hash
/// of those below it; of the leaves, which a proof reads sixteen at a time, only every so many blocks are there, and the
/// nodes over the absent ones are made up. What a proof reads and hashes is what it would be with all of them.
/// </summary>
internal static class ProofBench
{
    private const int Block = 1 << LedgerNodes.Step;
    private const int Samples = 2000;
    private static readonly string[] NodeColumns = ["Level", "Idx", "Hash"];
    private static readonly string[] LeafColumns = ["Idx", "At", "Object", "Json"];

    public static async Task RunAsync(long leaves)
    {
        await RunAsync("SQLite", null, leaves);
        if (Environment.GetEnvironmentVariable("ENTENTE_TEST_POSTGRES") is { } server)
        {
            await RunAsync("PostgreSQL", server, leaves);
        }
    }

    /// <param name="first">The first leaf that is there, and how many lie between it and the next such one.</param>
    public static async Task MeasureAsync(string engine, LedgerLog log, long first, long between)
    {
        var head = await log.HeadAsync(default);
        var step = Math.Max(between, head.Size / Samples / between * between);
        var times = new List<double>();
        for (var index = first; index < head.Size; index += step)
        {
            var watch = Stopwatch.GetTimestamp();
            var path = await log.InclusionAsync(index, head.Size, default);
            times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
            var leaf = LedgerLeaf.HashOf((await log.LeafAsync(index, default))!); // The index is below the size.
            if (!MerkleTree.VerifyInclusion(leaf, index, head.Size, path, head.Root))
            {
                throw new InvalidOperationException($"Leaf {index} is not proven.");
            }
        }

        times.Sort();
        LedgerBench.Say(engine, $"inclusion proof of {head.Size} leaves, median", times[times.Count / 2], "ms");
        LedgerBench.Say(engine, $"inclusion proof of {head.Size} leaves, 99th", times[times.Count * 99 / 100], "ms");
    }

    private static async Task RunAsync(string engine, string? server, long leaves)
    {
        await using var store = await BenchStore.CreateAsync(server);
        var blocks = leaves >> LedgerNodes.Step;
        var between = Math.Max(1, blocks / Samples);
        await FillAsync(store.Database, blocks, between);
        var log = new LedgerLog(store.Database, TimeProvider.System, new LedgerHealth(TimeProvider.System));
        await MeasureAsync(engine, log, 7, between << LedgerNodes.Step);
    }

    /// <summary>A ledger of whole blocks, each sixteen leaves under one kept node of level four.</summary>
    private static async Task FillAsync(Database database, long blocks, long between)
    {
        const int many = 16_384;
        // The tree over the blocks is the ledger's from level four on.
        var tree = new MerkleFrontier();
        for (long from = 0; from < blocks; from += many)
        {
            var (nodes, leaves, completed) = (new List<object?[]>(), new List<object?[]>(), new List<MerkleNode>());
            for (var block = from; block < Math.Min(from + many, blocks); block++)
            {
                // The last block is there too: the ledger's size is read off its last leaf.
                var hash = block % between == 0 || block == blocks - 1 ? Leaves(block, leaves) : MadeUp(block);
                completed.Clear();
                tree.Append(hash, completed);
                nodes.AddRange(
                    completed
                        .Where(n => n.Level % LedgerNodes.Step == 0)
                        .Select(n => new object?[] { n.Level + LedgerNodes.Step, n.Index, n.Hash.ToArray() })
                );
            }

            await StoreAsync(database, nodes, leaves);
        }
    }

    private static Hash Leaves(long block, List<object?[]> rows)
    {
        var first = block << LedgerNodes.Step;
        var at = DateTimeOffset.UnixEpoch.AddSeconds(first);
        var hashes = new List<Hash>();
        foreach (var e in LedgerBench.Events(first, Block))
        {
            var text = LedgerLeaf.Text(e, at);
            rows.Add([first + hashes.Count, at.ToUnixTimeMilliseconds(), e.Object, text]);
            hashes.Add(LedgerLeaf.HashOf(text));
        }

        return MerkleTree.Root(hashes);
    }

    private static Hash MadeUp(long block)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, block);
        return Hash.Of(number);
    }

    private static Task StoreAsync(Database database, List<object?[]> nodes, List<object?[]> leaves)
    {
        const string node = "INSERT INTO ledger_node (level, idx, hash) VALUES (@Level, @Idx, @Hash)";
        const string leaf = """
            INSERT INTO ledger_leaf (idx, at, actor, action, object, why, json)
            VALUES (@Idx, @At, 'agent.liaison', 'consult', @Object, 'request', @Json)
            """;
        return database.WriteAsync(
            async t =>
            {
                await Bulk.ExecuteAsync(t, node, NodeColumns, nodes, default);
                await Bulk.ExecuteAsync(t, leaf, LeafColumns, leaves, default);
            },
            default
        );
    }
}
