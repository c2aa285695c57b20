using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Whether exchanges have ended, for those who count from there; and the erasing of what only we wrote on them.</summary>
internal static class CaseEnds
{
    /// <summary>Those of the cases in which a request still waits for its answer.</summary>
    public static async Task<IReadOnlySet<string>> OpenAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        var sql = $"""
            SELECT DISTINCT case_id FROM request
            WHERE kind = 'request' AND open = TRUE AND case_id {new Dialect(transaction.Engine).AmongIds}
            """;
        return (await transaction.ListAsync<string>(sql, new { Ids = cases }, cancellation)).ToHashSet();
    }

    /// <summary>Our own notes on the case become unreadable.</summary>
    public static async Task EraseNotesAsync(Transaction transaction, string caseId, CancellationToken cancellation)
    {
        const string keys = "SELECT data_key FROM case_note WHERE case_id = @Case";
        const string delete = "DELETE FROM case_note WHERE case_id = @Case";
        var found = await transaction.ListAsync<string>(keys, new { Case = caseId }, cancellation);
        if (found.Count > 0)
        {
            await ContentSeal.EraseAsync(transaction, new Dialect(transaction.Engine), found, cancellation);
            await transaction.RunAsync(delete, new { Case = caseId }, cancellation);
        }
    }
}
