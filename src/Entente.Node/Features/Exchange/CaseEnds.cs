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
        const string sql = "SELECT DISTINCT case_id FROM request WHERE kind = 'request' AND open = TRUE AND case_id ";
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(cases) };
        return (await transaction.ListAsync<string>(sql + dialect.AmongMany, values, cancellation)).ToHashSet();
    }

    /// <summary>Our own notes on the cases become unreadable.</summary>
    public static async Task EraseNotesAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        const string keysOf = "SELECT data_key FROM case_note WHERE case_id ";
        const string delete = "DELETE FROM case_note WHERE case_id ";
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(cases) };
        var found = await transaction.ListAsync<string>(keysOf + dialect.AmongMany, values, cancellation);
        if (found.Count > 0)
        {
            await ContentSeal.EraseAsync(transaction, dialect, found, cancellation);
            await transaction.RunAsync(delete + dialect.AmongMany, values, cancellation);
        }
    }
}
