using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>What moved the clocks, each statement in the caller's transaction.</summary>
internal static class ClockRows
{
    private const string Columns = "e.id, e.request_id, e.direction, e.move, e.sent, e.at, e.expected";

    public static Task InsertAsync(Transaction transaction, ClockEvent moved, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO clock_event (id, request_id, direction, move, sent, at, expected)
            VALUES (@Id, @RequestId, @Direction, @Move, @Sent, @At, @Expected)
            ON CONFLICT (id) DO NOTHING
            """;
        return transaction.RunAsync(sql, moved, cancellation);
    }

    public static Task<IReadOnlyList<ClockEvent>> OfAsync(
        Transaction transaction,
        string request,
        CancellationToken cancellation
    )
    {
        const string sql = $"SELECT {Columns} FROM clock_event e WHERE e.request_id = @Request";
        return transaction.ListAsync<ClockEvent>(sql, new { Request = request }, cancellation);
    }

    /// <summary>Those of the requests whose clock something moved.</summary>
    public static async Task<IReadOnlySet<string>> MovedAsync(
        Transaction transaction,
        IReadOnlyList<string> requests,
        CancellationToken cancellation
    )
    {
        const string select = "SELECT request_id FROM clock_event WHERE request_id ";
        var dialect = new Dialect(transaction.Engine);
        var with = new { Ids = dialect.Many(requests) };
        return (await transaction.ListAsync<string>(select + dialect.AmongMany, with, cancellation)).ToHashSet();
    }

    /// <summary>Those of the messages that move a clock.</summary>
    public static Task<IReadOnlyList<ClockEvent>> AmongAsync(
        Transaction transaction,
        IReadOnlyList<string> messages,
        CancellationToken cancellation
    )
    {
        const string select = $"SELECT {Columns} FROM clock_event e WHERE e.id ";
        var dialect = new Dialect(transaction.Engine);
        var with = new { Ids = dialect.Many(messages) };
        return transaction.ListAsync<ClockEvent>(select + dialect.AmongMany, with, cancellation);
    }

    public static Task<int> ReceiptedAsync(
        Transaction transaction,
        string id,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = "UPDATE clock_event SET at = @At WHERE id = @Id";
        return transaction.RunAsync(sql, new { Id = id, At = at }, cancellation);
    }

    /// <summary>What the partner did not take moves nothing.</summary>
    public static Task<int> DeleteAsync(Transaction transaction, string id, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM clock_event WHERE id = @Id";
        return transaction.RunAsync(sql, new { Id = id }, cancellation);
    }

    public static Task<int> SetAsync(
        Transaction transaction,
        string request,
        ClockReading reading,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE request SET clock = @State, due = @Due, sort_at = @SortAt, clock_at = @StoppedAt, time_left = @Left,
                expected = @Expected, authorised = @Authorisation, warn_at = @WarnAt, escalate_at = @EscalateAt
            WHERE id = @Id
            """;
        var values = new
        {
            Id = request,
            reading.State,
            reading.Due,
            reading.SortAt,
            reading.StoppedAt,
            Left = (long?)reading.Left?.TotalMilliseconds,
            reading.Expected,
            reading.Authorisation,
            reading.WarnAt,
            reading.EscalateAt,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}
