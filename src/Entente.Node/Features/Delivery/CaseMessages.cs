using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Delivery;

/// <summary>Cases' messages as those see them who decide how long they are kept.</summary>
internal sealed class CaseMessages(MessageErasure erasure)
{
    /// <summary>Messages in one step.</summary>
    private const int Few = 2000;

    /// <summary>When each one's last came or left; what the node says by itself about progress does not count.</summary>
    public static async Task<IReadOnlyDictionary<string, DateTimeOffset>> LastAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        const string of = "SELECT case_id, at FROM message WHERE kind <> 'progress' AND case_id ";
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(cases) };
        var rows = await transaction.ListAsync<Moment>(of + dialect.AmongMany, values, cancellation);
        return rows.GroupBy(row => row.CaseId, StringComparer.Ordinal)
            .ToDictionary(few => few.Key, few => few.Max(row => row.At), StringComparer.Ordinal);
    }

    /// <summary>How many of ours a case holds, of those that can still be read.</summary>
    public static Task<int> SentAsync(Transaction transaction, string caseId, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COUNT(*) FROM message m JOIN data_key k ON k.id = m.data_key
            WHERE m.case_id = @Case AND m.direction = 'out'
            """;
        return transaction.OneAsync<int>(sql, new { Case = caseId }, cancellation);
    }

    /// <summary>Erases their contents, or some of them where they are many.</summary>
    /// <returns>Cases that have more: go on in another transaction; and those in which something waits for its receipt.</returns>
    public async Task<(IReadOnlySet<string> More, IReadOnlySet<string> Waits)> EraseAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        string why,
        CancellationToken cancellation
    )
    {
        const string heldOf = """
            SELECT m.id, m.case_id, m.state IN ('queued', 'sealed') AS waits
            FROM message m JOIN data_key k ON k.id = m.data_key WHERE m.case_id 
            """;
        // What was kept and never left has no other row; what is to leave yet waits.
        const string keptOf = """
            SELECT d.message AS id, d.case_id,
                d.delivered IS NULL OR EXISTS (SELECT 1 FROM waiting_answer w WHERE w.message = d.message) AS waits
            FROM kept_draft d JOIN data_key k ON k.id = d.data_key
            WHERE NOT EXISTS (SELECT 1 FROM message m WHERE m.id = d.message) AND d.case_id 
            """;
        var dialect = new Dialect(transaction.Engine);
        var values = new { Ids = dialect.Many(cases) };
        var held = await transaction.ListAsync<Held>(heldOf + dialect.AmongMany, values, cancellation);
        var kept = await transaction.ListAsync<Held>(keptOf + dialect.AmongMany, values, cancellation);
        List<Held> all = [.. held, .. kept];
        List<Held> ready = [.. all.Where(message => !message.Waits)];
        foreach (var few in ready.Take(Few).Chunk(MessageErasure.Few))
        {
            await erasure.EraseAsync(transaction, [.. few.Select(m => m.Id)], why, Officer.NodeActor, cancellation);
        }

        return (
            ready.Skip(Few).Select(message => message.CaseId).ToHashSet(StringComparer.Ordinal),
            all.Where(message => message.Waits).Select(message => message.CaseId).ToHashSet(StringComparer.Ordinal)
        );
    }

    private sealed record Moment
    {
        public required string CaseId { get; init; }
        public required DateTimeOffset At { get; init; }
    }

    private sealed record Held
    {
        public required string Id { get; init; }
        public required string CaseId { get; init; }
        public required bool Waits { get; init; }
    }
}
