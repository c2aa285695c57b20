using System.Data.Common;
using System.Text;
using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Approvals;

/// <summary>The tables of the approvals.</summary>
internal sealed class ApprovalRows(ContentSeal seal)
{
    private const string Columns = """
        a.id, a.kind, a.object, a.partner, a.rank, a.requester, a.unit, a.rules, a.roles, a.asked_at, a.due_at, a.state,
        a.settled_at
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task InsertAsync(
        Transaction t,
        Approval approval,
        ApprovalContent content,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO approval (id, kind, object, partner, rank, requester, unit, rules, roles, asked_at, due_at, state,
                data_key, sealed)
            VALUES (@Id, @Kind, @Object, @Partner, @Rank, @Requester, @Unit, @Rules, @Roles, @AskedAt, @DueAt, @State,
                @DataKey, @Sealed)
            """;
        var kept = await seal.SealAsync(t, JsonSerializer.SerializeToUtf8Bytes(content, Json), cancellation);
        var values = new
        {
            approval.Id,
            approval.Kind,
            approval.Object,
            approval.Partner,
            approval.Rank,
            approval.Requester,
            approval.Unit,
            approval.Rules,
            approval.Roles,
            approval.AskedAt,
            approval.DueAt,
            approval.State,
            kept.DataKey,
            Sealed = kept.Bytes,
        };
        await t.RunAsync(sql, values, cancellation);
    }

    public static Task<Approval?> FindAsync(DbConnection c, string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {Columns} FROM approval a WHERE a.id = @Id";
        return c.OneAsync<Approval>(sql, new { Id = id }, cancellation);
    }

    /// <summary>The first due first.</summary>
    public static Task<IReadOnlyList<Approval>> WaitingAsync(DbConnection c, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT {Columns} FROM approval a WHERE a.state = 'waiting' ORDER BY a.due_at, a.id LIMIT 500
            """;
        return c.ListAsync<Approval>(sql, null, cancellation);
    }

    public static Task<long> CountWaitingAsync(
        Transaction t,
        string @object,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT COUNT(*) FROM approval WHERE state = 'waiting' AND due_at > @Now AND object = @Object
            """;
        return t.OneAsync<long>(sql, new { Now = now, Object = @object }, cancellation);
    }

    public static Task<IReadOnlyList<Approval>> AskedByAsync(
        DbConnection c,
        string login,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {Columns} FROM approval a WHERE a.requester = @Login ORDER BY a.asked_at DESC, a.id DESC LIMIT 50
            """;
        return c.ListAsync<Approval>(sql, new { Login = login }, cancellation);
    }

    /// <summary>Null once the content is erased.</summary>
    public async Task<ApprovalContent?> ContentAsync(DbConnection c, string id, CancellationToken cancellation)
    {
        const string sql = """
            SELECT a.data_key, a.sealed, k.wrapped FROM approval a JOIN data_key k ON k.id = a.data_key WHERE a.id = @Id
            """;
        var row = await c.OneAsync<SealedRow>(sql, new { Id = id }, cancellation);
        return row is null
            ? null
            : JsonSerializer.Deserialize<ApprovalContent>(seal.Open(row.DataKey, row.Wrapped, row.Sealed), Json);
    }

    public async Task<IReadOnlyList<ApprovalVoice>> VoicesAsync(
        DbConnection c,
        string id,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT v.role, v.officer, v.on_behalf, v.granted, v.at, v.data_key, v.sealed, k.wrapped
            FROM approval_voice v JOIN data_key k ON k.id = v.data_key
            WHERE v.approval = @Id ORDER BY v.at, v.role
            """;
        var rows = await c.ListAsync<VoiceRow>(sql, new { Id = id }, cancellation);
        return
        [
            .. rows.Select(row => new ApprovalVoice(
                Enum.Parse<Role>(row.Role),
                row.Officer,
                row.OnBehalf,
                row.Granted,
                row.At,
                Encoding.UTF8.GetString(seal.Open(row.DataKey, row.Wrapped, row.Sealed))
            )),
        ];
    }

    /// <returns>0 where that role was heard before.</returns>
    public async Task<int> VoiceAsync(Transaction t, string id, ApprovalVoice voice, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO approval_voice (approval, role, officer, on_behalf, granted, at, data_key, sealed)
            VALUES (@Id, @Role, @Officer, @OnBehalf, @Granted, @At, @DataKey, @Sealed)
            ON CONFLICT (approval, role) DO NOTHING
            """;
        var reason = await seal.SealAsync(t, Encoding.UTF8.GetBytes(voice.Reason), cancellation);
        var values = new
        {
            Id = id,
            Role = voice.Role.ToString(),
            voice.Officer,
            voice.OnBehalf,
            voice.Granted,
            voice.At,
            reason.DataKey,
            Sealed = reason.Bytes,
        };
        return await t.RunAsync(sql, values, cancellation);
    }

    /// <summary>Whose granting voices are there, inside the transaction that counts them.</summary>
    public static Task<IReadOnlyList<string>> HeardAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = "SELECT role FROM approval_voice WHERE approval = @Id AND granted";
        return t.ListAsync<string>(sql, new { Id = id }, cancellation);
    }

    /// <returns>0 where it was settled before.</returns>
    public static Task<int> SettleAsync(
        Transaction t,
        string id,
        string state,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE approval SET state = @State, settled_at = @At WHERE id = @Id AND state = 'waiting'
            """;
        return t.RunAsync(
            sql,
            new
            {
                Id = id,
                State = state,
                At = at,
            },
            cancellation
        );
    }

    /// <summary>Holds the row until the transaction ends, so that two voices follow each other.</summary>
    public static Task<int> LockAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = "UPDATE approval SET id = id WHERE id = @Id AND state = 'waiting'";
        return t.RunAsync(sql, new { Id = id }, cancellation);
    }

    private record SealedRow
    {
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
    }

    private sealed record VoiceRow : SealedRow
    {
        public required string Role { get; init; }
        public required string Officer { get; init; }
        public string? OnBehalf { get; init; }
        public required bool Granted { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}
