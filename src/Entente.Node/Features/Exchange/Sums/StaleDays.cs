using System.Security.Cryptography;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Sums;

/// <summary>
/// Marks the day of a request as to be counted anew, in the transaction that changes what its sums say. A request that comes
/// or leaves and its answer need no mark: the ledger has a leaf of each.
/// </summary>
internal static class StaleDays
{
    /// <summary>Never one that was there before: whoever counts a day takes away only the marks he saw before he began.</summary>
    public static string NewMark() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    public static Task MarkAsync(Transaction transaction, string request, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO exchange_stale (country, day, mark)
            SELECT r.country, r.sent - r.sent % 86400000, @Mark FROM request r WHERE r.id = @Id AND r.kind = 'request'
            """;
        return transaction.RunAsync(sql, new { Id = request, Mark = NewMark() }, cancellation);
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
            SELECT DISTINCT r.country, r.sent - r.sent % 86400000, @Mark FROM request r
            WHERE r.due < @At AND r.direction = @In AND r.answer_id {dialect.AmongMany}
            """;
        var with = new
        {
            Mark = NewMark(),
            At = at,
            // Not as a literal: PostgreSQL would take an index of the inbox, whose condition it is.
            In = "in",
            Ids = dialect.Many(answers),
        };
        return transaction.RunAsync(sql, with, cancellation);
    }
}
