using System.Globalization;
using Dapper;
using Entente.Node.Features.Audit;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>
/// Keeps the tree heads that partners sign and holds each against those before it: a partner cannot shorten or rewrite its
/// ledger without contradicting what it signed to us. Signatures are checked by the caller.
/// </summary>
internal sealed class Witness(Alarms alarms)
{
    // A partner that declared a restoration begins a new epoch; its heads are compared within it.
    private const string Epoch = "(SELECT COALESCE(MAX(epoch), 0) FROM witness_epoch WHERE link = @Partner)";

    /// <param name="jws">What the partner signed: the tree head, or the receipt that carries it.</param>
    public async Task<HeadSeen> SeeAsync(
        Transaction transaction,
        string partner,
        ReceiptHead head,
        string jws,
        CancellationToken cancellation
    )
    {
        var seen = Compare(
            head,
            await FindAsync(transaction, partner, head.Size, cancellation),
            await LastAsync(transaction, partner, cancellation)
        );
        if (seen == HeadSeen.Same)
        {
            return seen;
        }

        await KeepAsync(transaction, partner, head, jws, proven: seen == HeadSeen.First, cancellation);
        if (seen is HeadSeen.Shrunk or HeadSeen.Rewritten)
        {
            var kind = seen == HeadSeen.Shrunk ? AlarmKind.LedgerShrunk : AlarmKind.LedgerRewritten;
            await alarms.RaiseAsync(transaction, kind, partner, Detail(head.Size, head.Root), cancellation);
        }

        return seen;
    }

    /// <summary>The next proof to ask the partner for (`/link/1/consistency`), or null when every head is proven.</summary>
    public static async Task<ProofWanted?> NeedsProofAsync(
        Transaction transaction,
        string partner,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT p.size AS proven_size, p.root AS proven_root, w.size, w.root
            FROM witness_head w
            JOIN witness_head p ON p.link = w.link AND p.proven AND p.epoch = w.epoch
              AND p.size = (SELECT MAX(size) FROM witness_head WHERE link = @Partner AND proven AND epoch = {Epoch})
            WHERE w.link = @Partner AND NOT w.proven AND w.size <> p.size AND w.epoch = {Epoch}
            ORDER BY w.size LIMIT 1
            """;
        var row = await transaction.Connection.QuerySingleOrDefaultAsync<Pair>(
            new CommandDefinition(sql, new { Partner = partner }, transaction.Inner, cancellationToken: cancellation)
        );
        return row?.Wanted();
    }

    /// <summary>Checks the proof that was asked for. A proof that fails raises the alarm; both heads stay as evidence.</summary>
    /// <returns>Whether the two heads are of one ledger.</returns>
    public async Task<bool> AcceptProofAsync(
        Transaction transaction,
        string partner,
        ProofWanted wanted,
        IReadOnlyList<Hash> proof,
        CancellationToken cancellation
    )
    {
        var holds = MerkleTree.VerifyConsistency(
            wanted.First,
            wanted.FirstRoot,
            wanted.Second,
            wanted.SecondRoot,
            proof
        );
        if (!holds)
        {
            await alarms.RaiseAsync(
                transaction,
                AlarmKind.LedgerRewritten,
                partner,
                Detail(wanted.Second, wanted.SecondRoot),
                cancellation
            );
            return false;
        }

        const string sql = """
            UPDATE witness_head SET proven = TRUE
            WHERE link = @Partner AND ((size = @First AND root = @FirstRoot) OR (size = @Second AND root = @SecondRoot))
            """;
        await transaction.Connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new
                {
                    Partner = partner,
                    wanted.First,
                    FirstRoot = wanted.FirstRoot.ToString(),
                    wanted.Second,
                    SecondRoot = wanted.SecondRoot.ToString(),
                },
                transaction.Inner,
                cancellationToken: cancellation
            )
        );
        return true;
    }

    private static HeadSeen Compare(ReceiptHead head, Kept? sameSize, Kept? last)
    {
        if (last is null)
        {
            return HeadSeen.First;
        }

        if (sameSize is not null)
        {
            return sameSize.Root == head.Root.ToString() ? HeadSeen.Same : HeadSeen.Rewritten;
        }

        // Receipts may be read out of order; an older head of a smaller ledger is only an older head.
        return head.Size < last.Size && head.At > last.At ? HeadSeen.Shrunk : HeadSeen.NeedsProof;
    }

    private static string Detail(long size, Hash root) =>
        string.Create(CultureInfo.InvariantCulture, $"size={size} root={root}");

    private static Task<Kept?> FindAsync(
        Transaction transaction,
        string partner,
        long size,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT size, root, at FROM witness_head
            WHERE link = @Partner AND size = @Size AND epoch = {Epoch}
            ORDER BY at LIMIT 1
            """;
        return transaction.Connection.QuerySingleOrDefaultAsync<Kept>(
            new CommandDefinition(
                sql,
                new { Partner = partner, Size = size },
                transaction.Inner,
                cancellationToken: cancellation
            )
        );
    }

    private static Task<Kept?> LastAsync(Transaction transaction, string partner, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT size, root, at FROM witness_head
            WHERE link = @Partner AND epoch = {Epoch}
            ORDER BY size DESC, at LIMIT 1
            """;
        return transaction.Connection.QuerySingleOrDefaultAsync<Kept>(
            new CommandDefinition(sql, new { Partner = partner }, transaction.Inner, cancellationToken: cancellation)
        );
    }

    private static Task<int> KeepAsync(
        Transaction transaction,
        string partner,
        ReceiptHead head,
        string jws,
        bool proven,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            INSERT INTO witness_head (link, size, at, root, jws, proven, epoch)
            VALUES (@Partner, @Size, @At, @Root, @Jws, @Proven, {Epoch})
            ON CONFLICT (link, size, root) DO UPDATE SET epoch = excluded.epoch
            """;
        return transaction.Connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new
                {
                    Partner = partner,
                    head.Size,
                    head.At,
                    Root = head.Root.ToString(),
                    Jws = jws,
                    Proven = proven,
                },
                transaction.Inner,
                cancellationToken: cancellation
            )
        );
    }

    private sealed class Kept
    {
        public long Size { get; init; }
        public string Root { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    private sealed class Pair
    {
        public long ProvenSize { get; init; }
        public string ProvenRoot { get; init; } = "";
        public long Size { get; init; }
        public string Root { get; init; } = "";

        public ProofWanted Wanted() =>
            Size > ProvenSize
                ? new ProofWanted(ProvenSize, Hash.Parse(ProvenRoot), Size, Hash.Parse(Root))
                : new ProofWanted(Size, Hash.Parse(Root), ProvenSize, Hash.Parse(ProvenRoot));
    }
}
