using System.Text;
using System.Text.Json.Nodes;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Evidence;

/// <summary>
/// Partners' own leaves of what we sent them, with the proof that their receipt's ledger holds them: asked for once, checked,
/// and kept, for the day the partner does not answer.
/// </summary>
internal sealed class PartnerLeaves(
    Database database,
    LinkDirectory links,
    PartnerDoor door,
    Alarms alarms,
    TimeProvider clock
)
{
    /// <summary>Null where it was never fetched.</summary>
    public async Task<PartnerLeaf?> FindAsync(LeafWanted wanted, CancellationToken cancellation)
    {
        const string sql = "SELECT event, size, proof FROM partner_leaf WHERE partner = @Partner AND idx = @Index";
        var row = await database.ReadAsync(c => c.OneAsync<Row>(sql, wanted, cancellation), cancellation);
        return row is null
            ? null
            : new PartnerLeaf(
                row.Event,
                [.. row.Proof.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(h => Hash.Parse(h))]
            );
    }

    /// <returns>The leaf, or why it is not to be had now.</returns>
    public async Task<(PartnerLeaf? Leaf, string? Failure)> FetchAsync(
        LeafWanted wanted,
        CancellationToken cancellation
    )
    {
        var partner = await links.FindPartnerAsync(wanted.Partner, cancellation);
        if (partner is not { Link.State: LinkState.Active })
        {
            return (null, "link-not-active");
        }

        var (said, failure) = await door.InclusionAsync(partner, wanted.Index, wanted.Head.Size, cancellation);
        if (failure is not null)
        {
            return (null, failure);
        }

        var leaf = Read(said);
        if (leaf is null || !leaf.Proves(wanted))
        {
            // Its receipt says that this leaf is there; its ledger says otherwise.
            await database.WriteAsync(
                t =>
                    alarms.RaiseAsync(
                        t,
                        AlarmKind.ReceiptInvalid,
                        wanted.Partner,
                        $"leaf:{wanted.Index}",
                        cancellation
                    ),
                cancellation
            );
            return (null, "proof-wrong");
        }

        await database.WriteAsync(t => KeepAsync(t, wanted, leaf, cancellation), cancellation);
        return (leaf, null);
    }

    private Task<int> KeepAsync(Transaction t, LeafWanted wanted, PartnerLeaf leaf, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO partner_leaf (partner, idx, event, size, proof, at)
            VALUES (@Partner, @Index, @Event, @Size, @Proof, @At)
            ON CONFLICT (partner, idx) DO NOTHING
            """;
        var values = new
        {
            wanted.Partner,
            wanted.Index,
            leaf.Event,
            wanted.Head.Size,
            Proof = string.Join(' ', leaf.Proof),
            At = clock.GetUtcNow(),
        };
        return t.RunAsync(sql, values, cancellation);
    }

    private static PartnerLeaf? Read(JsonNode? said)
    {
        if (Text(said?["event"]) is not { } text || said?["proof"] is not JsonArray path)
        {
            return null;
        }

        var proof = new List<Hash>();
        foreach (var node in path)
        {
            if (!Hash.TryParse(Text(node) ?? "", out var hash))
            {
                return null;
            }

            proof.Add(hash);
        }

        return new PartnerLeaf(text, proof);
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private sealed class Row
    {
        public required string Event { get; init; }
        public required long Size { get; init; }
        public required string Proof { get; init; }
    }
}

/// <param name="Line">SHA-256 of the message's line, which the leaf must name.</param>
/// <param name="Head">The ledger that the receipt signed.</param>
internal sealed record LeafWanted(string Partner, long Index, Hash Line, ReceiptHead Head);

/// <param name="Event">Canonical JSON.</param>
internal sealed record PartnerLeaf(string Event, IReadOnlyList<Hash> Proof)
{
    public bool Proves(LeafWanted wanted)
    {
        var bytes = Encoding.UTF8.GetBytes(Event);
        return LedgerEvent.Parse(bytes) is { Ok: true, Value: var e }
            && e.Hash == wanted.Line
            && MerkleTree.VerifyInclusion(
                MerkleTree.LeafHash(bytes),
                wanted.Index,
                wanted.Head.Size,
                Proof,
                wanted.Head.Root
            );
    }
}
