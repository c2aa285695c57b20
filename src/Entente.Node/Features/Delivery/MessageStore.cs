using System.Data.Common;
using Dapper;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Every message that left or came, for other features to read. Reading content leaves no trace here: whoever shows it to
/// an officer writes the `consult` leaf.
/// </summary>
internal sealed class MessageStore(Database database, ContentSeal seal)
{
    private const string Columns = """
        m.id, m.partner, m.direction, m.seq, m.kind, m.case_id, m.reply_to, m.from_unit, m.to_unit, m.sent, m.at,
        m.priority, m.state, m.state_at, m.reason, m.delivered, m.classification_rank, m.handling, m.line_sha256, m.leaf
        """;

    public Task<StoredMessage?> FindAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(c => FindAsync(c, null, id, cancellation), cancellation);

    public Task<StoredMessage?> FindAsync(Transaction t, string id, CancellationToken cancellation) =>
        FindAsync(t.Connection, t.Inner, id, cancellation);

    /// <summary>Null when there is no such message, or its content was erased.</summary>
    public Task<OpenedMessage?> OpenAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync(c => OpenAsync(c, null, id, cancellation), cancellation);

    public Task<OpenedMessage?> OpenAsync(Transaction t, string id, CancellationToken cancellation) =>
        OpenAsync(t.Connection, t.Inner, id, cancellation);

    /// <summary>A page's messages by their ids, in one query. Those unknown or erased are not among them.</summary>
    public async Task<IReadOnlyDictionary<string, OpenedMessage>> OpenAsync(
        IReadOnlyList<string> ids,
        CancellationToken cancellation
    )
    {
        const string select = $"""
            SELECT {Columns}, m.data_key, m.sealed, k.wrapped
            FROM message m JOIN data_key k ON k.id = m.data_key
            WHERE m.id 
            """;
        await using var connection = await database.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<StoredMessage, Content, OpenedMessage>(
            new CommandDefinition(
                select + database.Dialect.AmongMany,
                new { Ids = database.Dialect.Many(ids) },
                cancellationToken: cancellation
            ),
            Open,
            splitOn: "data_key"
        );
        return rows.ToDictionary(row => row.Stored.Id, StringComparer.Ordinal);
    }

    /// <summary>A case's messages in the order they came, opened. Erased ones are left out.</summary>
    public async Task<IReadOnlyList<OpenedMessage>> OpenCaseAsync(string caseId, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await OpenCaseAsync(connection, null, caseId, cancellation);
    }

    /// <summary>As the transaction sees it.</summary>
    public Task<IReadOnlyList<OpenedMessage>> OpenCaseAsync(
        Transaction transaction,
        string caseId,
        CancellationToken cancellation
    ) => OpenCaseAsync(transaction.Connection, transaction.Inner, caseId, cancellation);

    private async Task<IReadOnlyList<OpenedMessage>> OpenCaseAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string caseId,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {Columns}, m.data_key, m.sealed, k.wrapped
            FROM message m JOIN data_key k ON k.id = m.data_key
            WHERE m.case_id = @CaseId
            ORDER BY m.at, m.id
            """;
        var rows = await connection.QueryAsync<StoredMessage, Content, OpenedMessage>(
            new CommandDefinition(sql, new { CaseId = caseId }, transaction, cancellationToken: cancellation),
            Open,
            splitOn: "data_key"
        );
        return [.. rows];
    }

    public async Task<IReadOnlyList<StoredMessage>> CaseAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = $"SELECT {Columns} FROM message m WHERE m.case_id = @CaseId ORDER BY m.at, m.id";
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.ListAsync<StoredMessage>(sql, new { CaseId = caseId }, cancellation);
    }

    internal static string Name(MessageDirection direction) => direction == MessageDirection.Out ? "out" : "in";

    private static Task<StoredMessage?> FindAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string id,
        CancellationToken cancellation
    )
    {
        const string sql = $"SELECT {Columns} FROM message m WHERE m.id = @Id";
        return connection.QuerySingleOrDefaultAsync<StoredMessage>(
            new CommandDefinition(sql, new { Id = id }, transaction, cancellationToken: cancellation)
        );
    }

    private async Task<OpenedMessage?> OpenAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string id,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {Columns}, m.data_key, m.sealed, k.wrapped
            FROM message m JOIN data_key k ON k.id = m.data_key
            WHERE m.id = @Id
            """;
        var rows = await connection.QueryAsync<StoredMessage, Content, OpenedMessage>(
            new CommandDefinition(sql, new { Id = id }, transaction, cancellationToken: cancellation),
            Open,
            splitOn: "data_key"
        );
        return rows.SingleOrDefault();
    }

    private OpenedMessage Open(StoredMessage stored, Content content)
    {
        var line = FinalLine.Of(seal.Open(content.DataKey, content.Wrapped, content.Sealed), stored.Seq);
        // It was parsed before it was stored.
        return new OpenedMessage(stored, Message.Parse(line).Required(), line);
    }

    private sealed class Content
    {
        public required string DataKey { get; init; }
        public required byte[] Sealed { get; init; }
        public required byte[] Wrapped { get; init; }
    }
}

/// <summary>Where a page of a list begins: the last row of the page before.</summary>
public sealed record PageKey(DateTimeOffset At, string Id)
{
    // A year no clock will show here; "~" sorts behind every id.
    public static PageKey Newest { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(253402300799999), "~");
}
