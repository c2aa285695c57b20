using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Sealed envelopes without a receipt, for whoever takes them to the partner by another way than the wire.</summary>
internal sealed class CarriedEnvelopes(Database database)
{
    /// <summary>The first seq of each, in the order of the chain.</summary>
    public Task<IReadOnlyList<long>> UnreceiptedAsync(string partner, CancellationToken cancellation)
    {
        const string sql = """
            SELECT first FROM envelope
            WHERE partner = @Partner AND direction = 'out' AND state = 'sealed'
            ORDER BY first
            """;
        return database.ReadAsync(c => c.ListAsync<long>(sql, new { Partner = partner }, cancellation), cancellation);
    }

    /// <summary>Null when its receipt has come meanwhile.</summary>
    public Task<OutgoingEnvelope?> FindAsync(string partner, long first, CancellationToken cancellation)
    {
        const string sql = """
            SELECT first, count, sha256, jwe FROM envelope
            WHERE partner = @Partner AND direction = 'out' AND first = @First AND state = 'sealed'
            """;
        return OneAsync(sql, new { Partner = partner, First = first }, cancellation);
    }

    /// <summary>The envelope that a receipt is about; without its bytes where it was receipted before, null where it is not ours.</summary>
    public Task<OutgoingEnvelope?> OfReceiptAsync(string partner, Hash sha256, CancellationToken cancellation)
    {
        const string sql = """
            SELECT first, count, sha256, jwe FROM envelope
            WHERE partner = @Partner AND direction = 'out' AND sha256 = @Sha256
            """;
        return OneAsync(sql, new { Partner = partner, Sha256 = sha256.ToString() }, cancellation);
    }

    private Task<OutgoingEnvelope?> OneAsync(string sql, object values, CancellationToken cancellation) =>
        database.ReadAsync(
            async c =>
                await c.OneAsync<Row>(sql, values, cancellation) is { } row
                    ? new OutgoingEnvelope(row.First, row.Count, Hash.Parse(row.Sha256), row.Jwe ?? [])
                    : null,
            cancellation
        );

    private sealed class Row
    {
        public required long First { get; init; }
        public required int Count { get; init; }
        public required string Sha256 { get; init; }
        public byte[]? Jwe { get; init; }
    }
}
