using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Sums;

/// <summary>
/// Marks the day of a request as to be counted anew, in the transaction that changes what its sums say. A request that comes
/// or leaves and its answer need no mark: the ledger has a leaf of each.
/// </summary>
internal static class StaleDays
{
    // A mark that is there is written once more: so PostgreSQL holds it against whoever counts that day meanwhile.

    public static Task MarkAsync(Transaction transaction, string request, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO exchange_stale (country, day, mark)
            SELECT r.country, r.sent - r.sent % 86400000, r.id FROM request r WHERE r.id = @Id AND r.kind = 'request'
            ON CONFLICT (country, day, mark) DO UPDATE SET mark = excluded.mark
            """;
        return transaction.RunAsync(sql, new { Id = request }, cancellation);
    }

    /// <summary>Of requests whose answers' receipts came: only where that made them late.</summary>
    public static Task MarkLateAsync(
        Transaction transaction,
        IReadOnlyList<string> answers,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var dialect = new Dialect(transaction.Engine);
        var sql = $"""
            INSERT INTO exchange_stale (country, day, mark)
            SELECT r.country, r.sent - r.sent % 86400000, r.id FROM request r
            WHERE r.due < @At AND r.direction = @In AND r.answer_id {dialect.AmongMany}
            ON CONFLICT (country, day, mark) DO UPDATE SET mark = excluded.mark
            """;
        var with = new
        {
            At = at,
            // Not as a literal: PostgreSQL would take an index of the inbox, whose condition it is.
            In = "in",
            Ids = dialect.Many(answers),
        };
        return transaction.RunAsync(sql, with, cancellation);
    }
}
