using System.Data.Common;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>One direction of a link: the next seq and the last envelope's hash. Held locked until the transaction ends.</summary>
internal sealed class Chain
{
    private readonly string _partner;
    private readonly string _direction;

    private Chain(string partner, string direction, long next, Hash prev) =>
        (_partner, _direction, Next, Prev) = (partner, direction, next, prev);

    /// <summary>Seq of the message that comes next.</summary>
    public long Next { get; }

    public Hash Prev { get; }

    public static async Task<Chain> LockAsync(
        Transaction transaction,
        string partner,
        MessageDirection direction,
        CancellationToken cancellation
    )
    {
        // The update locks the row for this transaction, and makes it where there is none.
        const string sql = """
            INSERT INTO chain (partner, direction, next, prev) VALUES (@Partner, @Direction, 1, @Zero)
            ON CONFLICT (partner, direction) DO UPDATE SET next = chain.next
            RETURNING next, prev
            """;
        var values = new
        {
            Partner = partner,
            Direction = MessageStore.Name(direction),
            Zero = Hash.Zero.ToString(),
        };
        var row = (await transaction.OneAsync<Row>(sql, values, cancellation))!; // RETURNING gives the row.
        return new Chain(partner, values.Direction, row.Next, Hash.Parse(row.Prev));
    }

    /// <summary>Where the direction stands, without holding it.</summary>
    public static async Task<long> NextAsync(
        DbConnection connection,
        string partner,
        MessageDirection direction,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT next FROM chain WHERE partner = @Partner AND direction = @Direction";
        var values = new { Partner = partner, Direction = MessageStore.Name(direction) };
        return await connection.OneAsync<long?>(sql, values, cancellation) ?? 1;
    }

    public Task AdvanceAsync(Transaction transaction, int count, Hash envelope, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE chain SET next = next + @Count, prev = @Prev WHERE partner = @Partner AND direction = @Direction
            """;
        string[] names = ["Partner", "Direction", "Count", "Prev"];
        object?[] values = [_partner, _direction, count, envelope.ToString()];
        return Bulk.ExecuteAsync(transaction, sql, names, [values], cancellation);
    }

    private sealed class Row
    {
        public required long Next { get; init; }
        public required string Prev { get; init; }
    }
}
