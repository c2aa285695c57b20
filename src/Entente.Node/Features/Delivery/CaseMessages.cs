using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>A case's messages as those see them who decide how long they are kept.</summary>
internal sealed class CaseMessages(MessageErasure erasure)
{
    /// <summary>When the last one came or left; what the node says by itself about progress does not count.</summary>
    public static Task<DateTimeOffset?> LastAsync(
        Transaction transaction,
        string caseId,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT at FROM message WHERE case_id = @Case AND kind <> 'progress' ORDER BY at DESC, id DESC LIMIT 1
            """;
        return transaction.OneAsync<DateTimeOffset?>(sql, new { Case = caseId }, cancellation);
    }

    /// <summary>Erases some of their contents.</summary>
    public async Task<CaseErased> EraseAsync(
        Transaction transaction,
        string caseId,
        string why,
        CancellationToken cancellation
    )
    {
        const string some = """
            SELECT m.id FROM message m JOIN data_key k ON k.id = m.data_key
            WHERE m.case_id = @Case AND m.state NOT IN ('queued', 'sealed') LIMIT @Few
            """;
        const string waiting = "SELECT COUNT(*) FROM message WHERE case_id = @Case AND state IN ('queued', 'sealed')";
        var values = new { Case = caseId, MessageErasure.Few };
        var ids = await transaction.ListAsync<string>(some, values, cancellation);
        if (ids.Count > 0)
        {
            await erasure.EraseAsync(transaction, ids, why, Officer.NodeActor, cancellation);
        }

        return ids.Count == MessageErasure.Few ? CaseErased.Some
            : await transaction.OneAsync<long>(waiting, values, cancellation) > 0 ? CaseErased.Waits
            : CaseErased.All;
    }
}

/// <summary>How far the erasure of a case has come.</summary>
internal enum CaseErased
{
    /// <summary>There are more: go on in another transaction.</summary>
    Some,

    /// <summary>All but what waits for its receipt: a resend is the same bytes.</summary>
    Waits,
    All,
}
