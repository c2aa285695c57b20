using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Who was asked, by us or by a partner, whether a message may go on to a third node, and what they said.</summary>
internal sealed class PermissionBook(Database database, SearchWords words)
{
    private const string Columns = """
        p.id, p.direction, p.partner, p.message_id, p.case_id, p.to_node, p.state, p.asked_at, p.asked_by, p.decided_at,
        p.decided_by, p.for_use, p.purpose_hash, p.limit_ms, p.received, p.due, p.revoked_at
        """;

    /// <summary>Whether it may go to that node; our own for producing it in court.</summary>
    public Task<bool> GrantedAsync(string grantor, string message, string to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COUNT(*) FROM permission
            WHERE message_id = @Message AND to_node = @To AND direction = 'out' AND partner = @Grantor
                AND state = 'granted' AND for_use IN ('onward', 'court')
            """;
        var values = new
        {
            Message = message,
            To = to,
            Grantor = grantor,
        };
        return database.ReadAsync(async c => await c.OneAsync<long>(sql, values, cancellation) > 0, cancellation);
    }

    /// <summary>Whether its giver lets the message be used for that other purpose.</summary>
    public Task<bool> PurposeGrantedAsync(
        string grantor,
        string message,
        string purpose,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT COUNT(*) FROM permission
            WHERE message_id = @Message AND purpose_hash = @Hash AND direction = 'out' AND partner = @Grantor
                AND state = 'granted' AND for_use = 'purpose'
            """;
        var values = new
        {
            Message = message,
            Hash = words.LongHashOf(purpose),
            Grantor = grantor,
        };
        return database.ReadAsync(async c => await c.OneAsync<long>(sql, values, cancellation) > 0, cancellation);
    }

    /// <summary>The handling codes that the giver has lifted: H1 for a court, H2 for dissemination.</summary>
    public Task<IReadOnlyList<string>> LiftedAsync(string grantor, string message, CancellationToken cancellation)
    {
        const string sql = """
            SELECT CASE WHEN for_use = 'court' THEN 'H1' ELSE 'H2' END FROM permission
            WHERE message_id = @Message AND direction = 'out' AND partner = @Grantor AND state = 'granted'
                AND for_use IN ('court', 'dissemination')
            """;
        var values = new { Message = message, Grantor = grantor };
        return database.ReadAsync(c => c.ListAsync<string>(sql, values, cancellation), cancellation);
    }

    /// <summary>The grants in force for many messages, in one query.</summary>
    public async Task<IReadOnlyList<PermissionGrant>> GrantsAsync(
        IReadOnlyList<string> messages,
        CancellationToken cancellation
    )
    {
        const string select = """
            SELECT p.message_id, p.partner AS grantor, p.to_node, p.for_use FROM permission p
            WHERE p.direction = 'out' AND p.state = 'granted' AND p.message_id 
            """;
        if (messages.Count == 0)
        {
            return [];
        }

        var sql = select + database.Dialect.AmongIds;
        return await database.ReadAsync(
            c => c.ListAsync<PermissionGrant>(sql, new { Ids = messages }, cancellation),
            cancellation
        );
    }

    public Task<IReadOnlyList<PermissionRow>> OfCaseAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = $"SELECT {Columns} FROM permission p WHERE p.case_id = @Case ORDER BY p.asked_at, p.id";
        return database.ReadAsync(
            c => c.ListAsync<PermissionRow>(sql, new { Case = caseId }, cancellation),
            cancellation
        );
    }

    /// <summary>What partners asked about the officer's cases and nobody here has decided, oldest first.</summary>
    public Task<IReadOnlyList<PermissionRow>> WaitingAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {Columns} FROM permission p
            WHERE p.direction = 'in' AND p.state = 'asked' AND EXISTS (
                SELECT 1 FROM request r
                WHERE r.case_id = p.case_id AND (@All OR r.unit = @Unit OR r.unit = ''))
            ORDER BY p.asked_at, p.id LIMIT 20
            """;
        var values = new { All = officer.Is(Role.Supervisor), officer.Unit };
        return database.ReadAsync(c => c.ListAsync<PermissionRow>(sql, values, cancellation), cancellation);
    }

    public static Task<PermissionRow?> FindAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {Columns} FROM permission p WHERE p.id = @Id";
        return t.OneAsync<PermissionRow>(sql, new { Id = id }, cancellation);
    }

    public static Task InsertAsync(Transaction t, PermissionRow row, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO permission (id, direction, partner, message_id, case_id, to_node, state, asked_at, asked_by,
                for_use, purpose_hash, limit_ms, received, due)
            VALUES (@Id, @Direction, @Partner, @MessageId, @CaseId, @ToNode, @State, @AskedAt, @AskedBy,
                @ForUse, @PurposeHash, @LimitMs, @Received, @Due)
            """;
        return t.RunAsync(sql, row, cancellation);
    }

    /// <returns>0 where it had been decided before.</returns>
    public static Task<int> DecideAsync(Transaction t, PermissionDecision decision, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE permission SET state = @State, decided_at = @At, decided_by = @By
            WHERE id = @Id AND direction = @Direction AND partner = @Partner AND state = 'asked'
            """;
        return t.RunAsync(sql, decision, cancellation);
    }

    /// <summary>Takes a grant back: uses from then on are refused, those before stay what they were.</summary>
    /// <returns>0 where there is no grant in force.</returns>
    public static Task<int> RevokeAsync(Transaction t, PermissionDecision decision, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE permission SET state = @State, revoked_at = @At
            WHERE id = @Id AND direction = @Direction AND partner = @Partner AND state = 'granted'
            """;
        return t.RunAsync(sql, decision, cancellation);
    }

    /// <summary>The receipts of what we asked are here: the time to decide runs. What was not taken is no question.</summary>
    public static async Task DeliveredAsync(
        Transaction t,
        IReadOnlyList<DeliveredMessage> messages,
        CancellationToken cancellation
    )
    {
        const string select = "SELECT p.id FROM permission p WHERE p.direction = 'out' AND p.id ";
        const string taken = "UPDATE permission SET received = @At, due = @At + limit_ms WHERE id = @Id";
        const string rejected = "UPDATE permission SET state = 'rejected' WHERE id = @Id AND state = 'asked'";
        var dialect = new Dialect(t.Engine);
        var with = new { Ids = dialect.Many([.. messages.Select(m => m.Id)]) };
        foreach (var id in await t.ListAsync<string>(select + dialect.AmongMany, with, cancellation))
        {
            var message = messages.First(m => m.Id == id);
            var sql = message.RejectedReason is null ? taken : rejected;
            await t.RunAsync(sql, new { Id = id, message.At }, cancellation);
        }
    }
}

/// <summary>Leave that a node gave us for one message and one destination.</summary>
public sealed record PermissionGrant
{
    public required string MessageId { get; init; }
    public required string Grantor { get; init; }

    /// <summary>The node it may go to; our own for producing it in court.</summary>
    public required string ToNode { get; init; }

    /// <summary>`onward`, `court`, `dissemination` or `purpose`.</summary>
    public required string ForUse { get; init; }
}

public sealed record PermissionRow
{
    public required string Id { get; init; }

    /// <summary>`out`: we asked; `in`: we were asked.</summary>
    public required string Direction { get; init; }
    public required string Partner { get; init; }

    /// <summary>The message whose content would go on.</summary>
    public required string MessageId { get; init; }
    public required string CaseId { get; init; }
    public required string ToNode { get; init; }

    /// <summary>`asked`, `granted`, `refused`, `revoked`; `rejected` where the partner did not take the question.</summary>
    public required string State { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public string? AskedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }

    /// <summary>One of <see cref="PermissionUses"/>.</summary>
    public string ForUse { get; init; } = PermissionUses.Onward;
    public string? PurposeHash { get; init; }

    /// <summary>Milliseconds to decide, from the receipt.</summary>
    public long? LimitMs { get; init; }
    public DateTimeOffset? Received { get; init; }
    public DateTimeOffset? Due { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

public sealed record PermissionDecision(
    string Id,
    string Direction,
    string Partner,
    string State,
    DateTimeOffset At,
    string By
);
