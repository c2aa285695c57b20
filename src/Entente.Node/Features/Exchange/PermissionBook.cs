using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Who was asked, by us or by a partner, whether a message may go on to a third node, and what they said.</summary>
internal sealed class PermissionBook(Database database)
{
    private const string Columns = """
        p.id, p.direction, p.partner, p.message_id, p.case_id, p.to_node, p.state, p.asked_at, p.asked_by, p.decided_at,
        p.decided_by
        """;

    public Task<bool> GrantedAsync(string grantor, string message, string to, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COUNT(*) FROM permission
            WHERE message_id = @Message AND to_node = @To AND direction = 'out' AND partner = @Grantor
                AND state = 'granted'
            """;
        var values = new
        {
            Message = message,
            To = to,
            Grantor = grantor,
        };
        return database.ReadAsync(async c => await c.OneAsync<long>(sql, values, cancellation) > 0, cancellation);
    }

    /// <summary>The grants in force for many messages, in one query.</summary>
    public async Task<IReadOnlyList<PermissionGrant>> GrantsAsync(
        IReadOnlyList<string> messages,
        CancellationToken cancellation
    )
    {
        const string select = """
            SELECT p.message_id, p.partner AS grantor, p.to_node FROM permission p
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
            INSERT INTO permission (id, direction, partner, message_id, case_id, to_node, state, asked_at, asked_by)
            VALUES (@Id, @Direction, @Partner, @MessageId, @CaseId, @ToNode, @State, @AskedAt, @AskedBy)
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
}

/// <summary>Leave that a node gave us for one message and one destination.</summary>
public sealed record PermissionGrant
{
    public required string MessageId { get; init; }
    public required string Grantor { get; init; }

    /// <summary>The node it may go to; our own for producing it in court.</summary>
    public required string ToNode { get; init; }
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

    /// <summary>`asked`, `granted`, `refused`.</summary>
    public required string State { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public string? AskedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecidedBy { get; init; }

    /// <summary>Not to pass the message on but to produce it in court: whoever asks names itself as the destination.</summary>
    /// <param name="self">This node.</param>
    public bool IsToProve(string self) => ToNode == (Direction == "in" ? Partner : self);
}

public sealed record PermissionDecision(
    string Id,
    string Direction,
    string Partner,
    string State,
    DateTimeOffset At,
    string By
);
