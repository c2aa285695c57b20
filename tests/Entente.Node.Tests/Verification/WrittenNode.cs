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
            await MessageAsync(direction, first + i, messages[i], lines[i]);
        }

        await ExecuteAsync(
            """
            INSERT INTO envelope (partner, direction, first, count, sha256, prev, root, batch, at, state, receipt)
            VALUES (@Partner, @D, @First, @Count, @Sha256, @Prev, @Root, @Batch, 0, @State, @Receipt)
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

    private async Task MessageAsync(string direction, long seq, Message message, ReadOnlyMemory<byte> line)
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
                    Seq = seq,
                    Hash = hash,
                    Leaf = leaf,
                    EntryLeaf = direction == "in" ? leaf : seq,
                    MerkleLeaf = MerkleTree.LeafHash(line.Span).ToString(),
                    content.DataKey,
                    content.Bytes,
                };
                const string sql = """
                    INSERT INTO message (id, partner, direction, seq, kind, case_id, from_unit, to_unit, sent, at, priority,
                      state, state_at, classification_rank, handling, line_sha256, leaf, data_key, sealed)
                    VALUES (@Id, @Partner, @D, @Seq, 'request', 'c', 'a', 'b', 0, 0, 1, 'received', 0, 0, '', @Hash, @Leaf,
                      @DataKey, @Bytes)
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
