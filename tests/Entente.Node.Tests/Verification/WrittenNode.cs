using Dapper;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Tests.Verification;

/// <summary>
/// A node's store after some traffic with one partner, written row by row as the delivery writes it: three envelopes each
/// way, receipts, heads.
/// </summary>
internal sealed class WrittenNode : IAsyncDisposable
{
    private const string Partner = "es.interior";
    private static readonly NodeId Self = NodeId.Parse("ma.interieur");
    private static readonly NodeId Other = NodeId.Parse(Partner);
    private readonly SigningKey _signing = SigningKey.Create();
    private readonly AgreementKey _agreement = AgreementKey.Create();
    private readonly TestStore _store;
    private readonly ServiceProvider _services;
    private readonly LedgerLog _ledger;

    private WrittenNode(TestStore store)
    {
        _store = store;
        _services = store.Services();
        _ledger = _services.GetRequiredService<LedgerLog>();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WrittenNode> CreateAsync(string engine)
    {
        var node = new WrittenNode(await TestStore.CreateAsync(engine));
        await node.WriteAsync();
        return node;
    }

    public async Task<Report> VerifyAsync() =>
        (await NodeVerification.RunAsync(_store.Home, _ => Advance.None, Cancellation)).Report;

    /// <summary>Erases both messages in this place, as retention does: the keys, and a leaf for each.</summary>
    public async Task EraseAsync(long seq)
    {
        const string which = "SELECT id FROM message WHERE seq = @Seq";
        const string sql = "DELETE FROM data_key WHERE id IN (SELECT data_key FROM message WHERE seq = @Seq)";
        await _store.Database.WriteAsync(
            async t =>
            {
                var ids = await t.Connection.QueryAsync<string>(which, new { Seq = seq }, t.Inner);
                var leaves = ids.Select(id => new LedgerEvent("a", LedgerAction.Erase, $"message:{id}", "retention"));
                await _ledger.AppendAsync(t, [.. leaves], Cancellation);
                await t.Connection.ExecuteAsync(sql, new { Seq = seq }, t.Inner);
            },
            Cancellation
        );
    }

    public Task ExecuteAsync(string sql) => ExecuteAsync(sql, null);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
        _signing.Dispose();
        _agreement.Dispose();
    }

    private async Task WriteAsync()
    {
        await _services.GetRequiredService<OwnCard>().CurrentAsync(Cancellation);
        var card = new LinkCard
        {
            Node = Other,
            Country = "es",
            Names = new Dictionary<string, string> { ["es"] = "Ejemplo" },
            Endpoint = "https://localhost:1",
            Jwks = new JwkSet([_signing.PublicJwk, _agreement.PublicJwk]),
            Tls = new TlsPin(Hash.Zero),
            Issued = WireTime.Round(_store.Clock.GetUtcNow()),
            Expires = WireTime.Round(_store.Clock.GetUtcNow()).AddYears(1),
        }.Sign(_signing);
        await ExecuteAsync(
            "INSERT INTO link_card (partner, sha256, jws, at, officer) VALUES (@Partner, @Sha256, @Jws, 0, 'a')",
            new
            {
                Partner,
                Sha256 = Hash.OfText(card).ToString(),
                Jws = card,
            }
        );
        await EnvelopesAsync("out");
        await EnvelopesAsync("in");
        var filler = Enumerable.Range(0, 40).Select(i => new LedgerEvent("a", LedgerAction.Consult, $"x:{i}", "ok"));
        await _store.Database.WriteAsync(t => _ledger.AppendAsync(t, [.. filler], Cancellation), Cancellation);
        await _services.GetRequiredService<HeadKeeper>().KeepAsync(Cancellation);
    }

    private async Task EnvelopesAsync(string direction)
    {
        var (next, prev) = (1L, Hash.Zero);
        foreach (var count in new[] { 1, 3, 2 })
        {
            prev = await EnvelopeAsync(direction, next, count, prev);
            next += count;
        }

        await ExecuteAsync(
            "INSERT INTO chain (partner, direction, next, prev) VALUES (@Partner, @D, @Next, @Prev)",
            new
            {
                Partner,
                D = direction,
                Next = next,
                Prev = prev.ToString(),
            }
        );
    }

    private async Task<Hash> EnvelopeAsync(string direction, long first, int count, Hash prev)
    {
        var keys = _services.GetRequiredService<NodeKeys>();
        var sent = direction == "out";
        var (from, to) = sent ? (Self, Other) : (Other, Self);
        List<Message> messages =
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => TestMessages.Request(from.ToString(), to.ToString()) with { Seq = first + i }),
        ];
        List<ReadOnlyMemory<byte>> lines = [.. messages.Select(m => (ReadOnlyMemory<byte>)m.ToLine())];
        var at = WireTime.Round(_store.Clock.GetUtcNow());
        using var receiver = (sent ? _agreement : keys.Agreement).PublicKey();
        var envelope = Envelope.Seal(lines, from, to, first, prev, at, sent ? keys.Signing : _signing, receiver);
        var receipt = sent ? Receipt(envelope, first, messages, lines, at) : null;
        for (var i = 0; i < count; i++)
        {
            await MessageAsync(direction, messages[i], lines[i], at);
        }

        await ExecuteAsync(
            """
            INSERT INTO envelope (partner, direction, first, count, sha256, prev, root, batch, at, state, receipt,
              receipt_at, tree_size, tree_root)
            VALUES (@Partner, @D, @First, @Count, @Sha256, @Prev, @Root, @Batch, @At, @State, @Receipt, @At, @Size,
              @TreeRoot)
            """,
            new
            {
                Partner,
                D = direction,
                First = first,
                Count = count,
                Sha256 = envelope.Sha256.ToString(),
                Prev = prev.ToString(),
                Root = envelope.Root.ToString(),
                Batch = envelope.BatchJws,
                State = sent ? "receipted" : "taken",
                Receipt = receipt,
                At = at,
                Size = sent ? first + 100 : (long?)null,
                TreeRoot = sent ? Hash.Zero.ToString() : null,
            }
        );
        if (receipt is not null)
        {
            await ExecuteAsync(
                "INSERT INTO witness_head (link, size, at, root, jws, proven) VALUES (@Partner, @Size, 0, @Root, @Jws, TRUE)",
                new
                {
                    Partner,
                    Size = first + 100,
                    Root = Hash.Zero.ToString(),
                    Jws = receipt,
                }
            );
        }

        return envelope.Sha256;
    }

    private string Receipt(
        SealedEnvelope envelope,
        long first,
        List<Message> messages,
        List<ReadOnlyMemory<byte>> lines,
        DateTimeOffset at
    ) =>
        new Receipt(
            Other,
            Self,
            at,
            envelope.Sha256,
            [
                .. messages.Select(
                    (m, i) => new ReceiptEntry(m.Seq, m.Id, Hash.Of(lines[i].Span), ReceiptStatus.Accepted, null, m.Seq)
                ),
            ],
            new ReceiptHead(first + 100, Hash.Zero, at)
        ).Sign(_signing);

    private async Task MessageAsync(string direction, Message message, ReadOnlyMemory<byte> line, DateTimeOffset at)
    {
        var seal = _services.GetRequiredService<ContentSeal>();
        var hash = Hash.Of(line.Span).ToString();
        await _store.Database.WriteAsync(
            async t =>
            {
                var e = new LedgerEvent("a", LedgerAction.Receive, $"message:{message.Id}", "request", hash, Partner);
                var leaf = await _ledger.AppendAsync(t, e, Cancellation);
                var content = await seal.SealAsync(t, line, Cancellation);
                var row = new
                {
                    Id = message.Id.ToString(),
                    Partner,
                    D = direction,
                    message.Seq,
                    Case = message.Case.ToString(),
                    From = message.From.Unit,
                    To = message.To.Unit,
                    message.Sent,
                    At = at,
                    State = direction == "in" ? "received" : "delivered",
                    message.Classification.Rank,
                    Hash = hash,
                    Leaf = leaf,
                    EntryLeaf = direction == "in" ? leaf : message.Seq,
                    MerkleLeaf = MerkleTree.LeafHash(line.Span).ToString(),
                    content.DataKey,
                    content.Bytes,
                };
                const string sql = """
                    INSERT INTO message (id, partner, direction, seq, kind, case_id, from_unit, to_unit, sent, at, priority,
                      state, state_at, delivered, classification_rank, handling, line_sha256, leaf, data_key, sealed)
                    VALUES (@Id, @Partner, @D, @Seq, 'request', @Case, @From, @To, @Sent, @At, 1, @State, @At, @At, @Rank,
                      '', @Hash, @Leaf, @DataKey, @Bytes)
                    """;
                await t.Connection.ExecuteAsync(sql, row, t.Inner);
                const string entry = """
                    INSERT INTO envelope_entry (partner, direction, seq, id, sha256, merkle_leaf, status, leaf)
                    VALUES (@Partner, @D, @Seq, @Id, @Hash, @MerkleLeaf, 'accepted', @EntryLeaf)
                    """;
                await t.Connection.ExecuteAsync(entry, row, t.Inner);
            },
            Cancellation
        );
    }

#pragma warning disable CA2100 // Constants of the tests.
    private Task<int> ExecuteAsync(string sql, object? values) =>
        _store.Database.WriteAsync(t => t.Connection.ExecuteAsync(sql, values, t.Inner), Cancellation);
#pragma warning restore CA2100
}
