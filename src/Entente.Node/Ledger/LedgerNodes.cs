using System.Data.Common;
using Dapper;
using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>
/// Complete subtrees out of the store. Only every fourth level is kept (one row for sixteen leaves instead of one for
/// each); what lies between is hashed again from the level below, at most sixteen hashes a read.
/// </summary>
internal sealed class LedgerNodes : IMerkleNodes
{
    /// <summary>Levels from one kept level to the next.</summary>
    public const int Step = 4;

    private readonly Dictionary<(int Level, long Index), Hash> _kept = [];

    private LedgerNodes() { }

    public static bool IsKept(int level) => level > 0 && level % Step == 0;

    /// <summary>
    /// Runs a computation over the tree: once to learn which subtrees it asks for, which depends on sizes and never on
    /// hashes, and once more with them.
    /// </summary>
    /// <exception cref="InvalidDataException">Rows are missing: somebody took them away.</exception>
    public static async Task<T> ComputeAsync<T>(
        DbConnection connection,
        DbTransaction? transaction,
        Func<IMerkleNodes, T> compute,
        CancellationToken cancellation
    )
    {
        var wanted = new Wanted();
        compute(wanted);
        var nodes = new LedgerNodes();
        foreach (var (block, span) in wanted.Blocks)
        {
            await nodes.LoadAsync(connection, transaction, block.Level, span.From, span.To, cancellation);
        }

        return compute(nodes);
    }

    public Hash Node(int level, long index)
    {
        if (level % Step == 0)
        {
            return _kept.TryGetValue((level, index), out var hash)
                ? hash
                : throw new InvalidDataException($"The ledger's node {index} of level {level} is missing.");
        }

        return MerkleTree.NodeHash(Node(level - 1, 2 * index), Node(level - 1, (2 * index) + 1));
    }

    private async Task LoadAsync(
        DbConnection connection,
        DbTransaction? transaction,
        int level,
        long from,
        long to,
        CancellationToken cancellation
    )
    {
        const string leaves = "SELECT idx, json FROM ledger_leaf WHERE idx >= @From AND idx < @To";
        const string kept = "SELECT idx, hash FROM ledger_node WHERE level = @Level AND idx >= @From AND idx < @To";
        var command = new CommandDefinition(
            level == 0 ? leaves : kept,
            new
            {
                Level = level,
                From = from,
                To = to,
            },
            transaction,
            cancellationToken: cancellation
        );
        foreach (var row in await connection.QueryAsync<Row>(command))
        {
            _kept[(level, row.Idx)] = row.Json is null ? Hash.From(row.Hash) : LedgerLeaf.HashOf(row.Json);
        }
    }

    private sealed class Row
    {
        public long Idx { get; init; }
        public string? Json { get; init; }
        public byte[] Hash { get; init; } = [];
    }

    /// <summary>Notes which kept nodes are asked for, gathered in blocks that one query reads.</summary>
    private sealed class Wanted : IMerkleNodes
    {
        public Dictionary<(int Level, long Block), (long From, long To)> Blocks { get; } = [];

        public Hash Node(int level, long index)
        {
            var above = level % Step;
            var from = index << above;
            var to = (index + 1) << above;
            var block = (level - above, from >> Step);
            Blocks[block] = Blocks.TryGetValue(block, out var span)
                ? (Math.Min(span.From, from), Math.Max(span.To, to))
                : (from, to);
            return default;
        }
    }
}
