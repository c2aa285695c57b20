using Entente.Node.Storage;

namespace Entente.Node.Features.Rights;

/// <summary>Places the mark that a message is kept and not used; the guard reads it with what else stands beside messages.</summary>
internal static class Restrictions
{
    public static async Task PlaceAsync(
        Transaction transaction,
        IReadOnlyList<string> messages,
        string request,
        string by,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO restriction (message_id, request_id, at, by) VALUES (@Message, @Request, @At, @By)
            ON CONFLICT (message_id) DO UPDATE SET request_id = excluded.request_id, at = excluded.at, by = excluded.by,
                lifted_at = NULL, lifted_by = NULL
            """;
        foreach (var message in messages)
        {
            var values = new
            {
                Message = message,
                Request = request,
                At = at,
                By = by,
            };
            await transaction.RunAsync(sql, values, cancellation);
        }
    }

    /// <summary>The reason has ceased: what was restricted for this request may be used again.</summary>
    /// <returns>How many messages.</returns>
    public static Task<int> LiftAsync(
        Transaction transaction,
        string request,
        string by,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE restriction SET lifted_at = @At, lifted_by = @By WHERE request_id = @Request AND lifted_at IS NULL
            """;
        var values = new
        {
            Request = request,
            At = at,
            By = by,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}
