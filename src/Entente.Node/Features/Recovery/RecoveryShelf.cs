using System.Data.Common;
using System.Text;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Recovery;

/// <summary>What we can give back to a partner that lost its memory: envelopes that passed between us, and their proofs.</summary>
internal sealed class RecoveryShelf(
    Database database,
    ContentSeal seal,
    LedgerLog ledger,
    Alarms alarms,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock
)
{
    /// <summary>
    /// Nothing older is given back. Whoever stole a partner's keys could ask too: a quarter is longer than a backup should
    /// be old, and shorter than the history of a link.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    private readonly NodeId _self = NodeId.Parse(options.Node);

    public Task<Standing> StandingAsync(string partner, CancellationToken cancellation)
    {
        const string taken = "SELECT next FROM chain WHERE partner = @Partner AND direction = 'in'";
        const string receipted = """
            SELECT MAX(first + count) FROM envelope
            WHERE partner = @Partner AND direction = 'out' AND state = 'receipted'
            """;
        const string head = """
            SELECT jws FROM witness_head
            WHERE link = @Partner AND epoch = (SELECT COALESCE(MAX(epoch), 0) FROM witness_epoch WHERE link = @Partner)
            ORDER BY size DESC LIMIT 1
            """;
        var of = new { Partner = partner };
        return database.ReadAsync(
            async c => new Standing(
                1,
                await c.OneAsync<long?>(taken, of, cancellation) ?? 1,
                await c.OneAsync<long?>(receipted, of, cancellation) ?? 1,
                await c.OneAsync<string>(head, of, cancellation)
            ),
            cancellation
        );
    }

    /// <param name="side">In: what the partner sent us; out: what it receipted.</param>
    /// <returns>Null when no such envelope begins there.</returns>
    public async Task<ReturnedEnvelope?> FindAsync(
        LinkedPartner partner,
        MessageDirection side,
        long first,
        CancellationToken cancellation
    )
    {
        var found = await database.ReadAsync(
            async c =>
            {
                var envelope = await EnvelopeAsync(c, partner.Partner, side, first, cancellation);
                return envelope is null ? null : envelope with { Lines = await LinesAsync(c, envelope, cancellation) };
            },
            cancellation
        );
        if (found is null || clock.GetUtcNow() - found.At > Longest)
        {
            return null;
        }

        var receipt = found.Receipt ?? await ReceiptAsync(partner, found, cancellation);
        await AccountAsync(partner.Partner, found, cancellation);
        return new ReturnedEnvelope(
            1,
            found.Batch,
            found.Sha256,
            receipt,
            [.. found.Lines.Select(l => l.ToEntry())],
            Pack(partner, found)
        );
    }

    public Task<bool> WasSentFileAsync(string partner, Guid id, CancellationToken cancellation)
    {
        const string sql =
            "SELECT COUNT(*) FROM attachment WHERE id = @Id AND partner = @Partner AND direction = 'out'";
        return database.ReadAsync(
            async c => await c.OneAsync<long>(sql, new { Id = id.ToString(), Partner = partner }, cancellation) > 0,
            cancellation
        );
    }

    private static async Task<Found?> EnvelopeAsync(
        DbConnection connection,
        string partner,
        MessageDirection side,
        long first,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT partner, direction, first, count, sha256, batch, at, receipt FROM envelope
            WHERE partner = @Partner AND direction = @Direction AND first = @First AND state IN ('taken', 'receipted')
            """;
        var values = new
        {
            Partner = partner,
            Direction = MessageStore.Name(side),
            First = first,
        };
        var row = await connection.OneAsync<EnvelopeRow>(sql, values, cancellation);
        return row is null
            ? null
            : new Found(
                row.Partner,
                row.Direction,
                row.First,
                row.Count,
                Hash.Parse(row.Sha256),
                row.Batch,
                row.At,
                row.Receipt,
                []
            );
    }

    private async Task<IReadOnlyList<Line>> LinesAsync(
        DbConnection connection,
        Found envelope,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT n.seq, n.id, n.sha256, n.merkle_leaf, n.reason, n.leaf, m.data_key, m.sealed, k.wrapped
            FROM envelope_entry n
            LEFT JOIN message m ON m.id = n.id AND m.partner = n.partner AND m.direction = n.direction AND m.seq = n.seq
            LEFT JOIN data_key k ON k.id = m.data_key
            WHERE n.partner = @Partner AND n.direction = @Direction AND n.seq >= @First AND n.seq < @End
            ORDER BY n.seq
            """;
        var values = new
        {
            envelope.Partner,
            envelope.Direction,
            envelope.First,
            End = envelope.First + envelope.Count,
        };
        return [.. (await connection.ListAsync<LineRow>(sql, values, cancellation)).Select(Open)];
    }

    private Line Open(LineRow row)
    {
        var line = row.Wrapped is null
            ? null
            : FinalLine.Of(seal.Open(row.DataKey!, row.Wrapped, row.Sealed!), row.Seq); // Keys and contents come together.
        var sha256 = Hash.Parse(row.Sha256);
        return new Line(row, sha256, line is not null && Hash.Of(line) == sha256 ? line : null);
    }

    /// <summary>The receipt as we would repeat it: it was ours, and the partner lost it.</summary>
    private async Task<string> ReceiptAsync(LinkedPartner partner, Found found, CancellationToken cancellation)
    {
        var head = await ledger.HeadAsync(cancellation);
        var entries = found.Lines.Select(l => l.ToReceipt());
        return new Receipt(_self, partner.Node, found.At, found.Sha256, [.. entries], head.ForReceipt()).Sign(
            keys.Signing
        );
    }

    /// <summary>
    /// Sealed as an envelope is, but in no chain: its `prev` names the envelope given back, so it can be taken for no other.
    /// </summary>
    private string? Pack(LinkedPartner partner, Found found)
    {
        List<ReadOnlyMemory<byte>> lines = [.. found.Lines.Where(l => l.Bytes is not null).Select(l => l.Bytes!)];
        if (lines.Count == 0)
        {
            return null;
        }

        var at = WireTime.Round(clock.GetUtcNow());
        var packed = Envelope.Seal(
            lines,
            _self,
            partner.Node,
            found.First,
            found.Sha256,
            at,
            keys.Signing,
            partner.Keys.Agreement
        );
        return Encoding.ASCII.GetString(packed.Jwe);
    }

    /// <summary>The ledger says what was given back; an officer here asks the partner whether it was they who asked.</summary>
    private Task AccountAsync(string partner, Found found, CancellationToken cancellation)
    {
        var leaf = new LedgerEvent(
            partner,
            LedgerAction.Disclose,
            $"envelope:{found.Sha256}",
            "given-back",
            found.Sha256.ToString(),
            partner
        );
        return database.WriteAsync(
            async t =>
            {
                await ledger.AppendAsync(t, leaf, cancellation);
                await alarms.RaiseAsync(t, AlarmKind.PartnerForgot, partner, "recovery", cancellation);
            },
            cancellation
        );
    }

    private sealed record Found(
        string Partner,
        string Direction,
        long First,
        int Count,
        Hash Sha256,
        string Batch,
        DateTimeOffset At,
        string? Receipt,
        IReadOnlyList<Line> Lines
    );

    private sealed record Line(LineRow Row, Hash Sha256, byte[]? Bytes)
    {
        public ReturnedEntry ToEntry() =>
            new(Row.Seq, Guid.Parse(Row.Id), Sha256, Hash.Parse(Row.MerkleLeaf), Bytes is not null);

        public ReceiptEntry ToReceipt()
        {
            var reason = Row.Reason is null ? (Reason?)null : ReasonWords.Parse(Row.Reason);
            return new ReceivedEntry(Row.Seq, Guid.Parse(Row.Id), Sha256, reason, Row.Leaf).ToReceipt(duplicate: true);
        }
    }

    private sealed class EnvelopeRow
    {
        public required string Partner { get; init; }
        public required string Direction { get; init; }
        public required long First { get; init; }
        public required int Count { get; init; }
        public required string Sha256 { get; init; }
        public required string Batch { get; init; }
        public required DateTimeOffset At { get; init; }
        public string? Receipt { get; init; }
    }

    private sealed class LineRow
    {
        public required long Seq { get; init; }
        public required string Id { get; init; }
        public required string Sha256 { get; init; }
        public required string MerkleLeaf { get; init; }
        public string? Reason { get; init; }
        public long? Leaf { get; init; }
        public string? DataKey { get; init; }
        public byte[]? Sealed { get; init; }
        public byte[]? Wrapped { get; init; }
    }
}
