using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Which cases an officer may open, and what is in them. Reading here leaves no trace: see <see cref="CaseDesk"/>.</summary>
internal sealed class CaseBook(Database database, MessageStore messages, UseDoor door)
{
    /// <summary>Own unit's, those addressed to no unit of ours, and all for a supervisor.</summary>
    public static bool Sees(Officer officer, RequestRow row) =>
        row.Unit.Length == 0 || row.Unit == officer.Unit || officer.Is(Role.Supervisor);

    /// <summary>A case's requests, oldest first; empty where there is no such case or the officer has no part in it.</summary>
    public async Task<IReadOnlyList<RequestRow>> RowsAsync(
        Officer officer,
        string caseId,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {RequestRow.Columns} FROM request r WHERE r.case_id = @Case ORDER BY r.sent, r.id LIMIT 500
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<RequestRow>(sql, new { Case = caseId }, cancellation),
            cancellation
        );
        return rows.Any(row => Sees(officer, row)) ? rows : [];
    }

    public async Task<RequestRow?> RequestAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {RequestRow.Columns} FROM request r WHERE r.id = @Id";
        var row = await database.ReadAsync(
            c => c.OneAsync<RequestRow>(sql, new { Id = id }, cancellation),
            cancellation
        );
        return row is not null && Sees(officer, row) ? row : null;
    }

    /// <summary>What passed a received message on, that its receiver did not reject.</summary>
    public static Task<IReadOnlyList<RequestRow>> PassedOnAsync(
        Transaction transaction,
        string message,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.forwards = @Message AND r.direction = 'out' AND r.state <> 'rejected'
            """;
        return transaction.ListAsync<RequestRow>(sql, new { Message = message }, cancellation);
    }

    /// <summary>Our unit that began the case or was asked first; null where there is no such case.</summary>
    public static Task<string?> UnitOfAsync(Transaction transaction, string caseId, CancellationToken cancellation)
    {
        const string sql = "SELECT r.unit FROM request r WHERE r.case_id = @Case ORDER BY r.sent, r.id LIMIT 1";
        return transaction.OneAsync<string>(sql, new { Case = caseId }, cancellation);
    }

    /// <summary>May the officer write to this partner in this case?</summary>
    public async Task<bool> IsOpenToAsync(
        Officer officer,
        string caseId,
        string partner,
        CancellationToken cancellation
    ) => (await RowsAsync(officer, caseId, cancellation)).Any(row => row.Partner == partner);

    /// <summary>A received message that the officer may read; null otherwise, whatever the reason.</summary>
    public async Task<OpenedMessage?> ReceivedAsync(Officer officer, string id, CancellationToken cancellation)
    {
        var stored = await messages.FindAsync(id, cancellation);
        return
            stored is { Direction: MessageDirection.In }
            && (await RowsAsync(officer, stored.CaseId, cancellation)).Count > 0
            && (await door.AllowedAsync(officer, DisclosureAct.View, [id], audience: null, cancellation)).Count > 0
            ? await messages.OpenAsync(id, cancellation)
            : null;
    }

    public Task<IReadOnlyList<NoteRow>> NotesAsync(string caseId, CancellationToken cancellation)
    {
        const string sql = """
            SELECT n.id, n.at, n.author, n.data_key, n.sealed, k.wrapped
            FROM case_note n JOIN data_key k ON k.id = n.data_key
            WHERE n.case_id = @Case ORDER BY n.at, n.id
            """;
        return database.ReadAsync(c => c.ListAsync<NoteRow>(sql, new { Case = caseId }, cancellation), cancellation);
    }
}

public sealed record NoteRow
{
    public required string Id { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Author { get; init; }
    public required string DataKey { get; init; }
    public required byte[] Sealed { get; init; }
    public required byte[] Wrapped { get; init; }
}
