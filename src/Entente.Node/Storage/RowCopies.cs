using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Dapper;

namespace Entente.Node.Storage;

/// <summary>
/// Keeps a second copy of every row of the small tables that nothing signs, so that a byte that changes in the file is
/// noticed. SQLite's own triggers write it: no statement anywhere knows of it, and what is written for every message is left
/// alone. It guards against failing disks, not against people: whoever can write to the file can write both.
/// </summary>
[SuppressMessage("Security", "CA2100", Justification = "Names come out of the schema.")]
internal sealed class RowCopies
{
    /// <summary>Who may do what, with whom on which terms, who is protected, and what was agreed and promised.</summary>
    private static readonly string[] Names =
    [
        "unit",
        "account",
        "account_role",
        "account_passkey",
        "link",
        "link_confirmation",
        "link_settings",
        "link_proposal",
        "quarantine",
        "protected_person",
        "restriction",
        "risk",
        "assurance",
        "delegation",
        "approval",
        "approval_voice",
        "permission",
        "correction",
        "correction_notice",
        "partner",
        "authority",
        "official",
        "post",
        "meeting",
        "participation",
        "instrument",
        "commitment",
        "commitment_report",
        "joint_text",
        "planned_meeting",
        "breach",
        "breach_notice",
    ];

    private readonly string _name;
    private readonly IReadOnlyList<Column> _columns;

    private RowCopies(string name, IReadOnlyList<Column> columns) => (_name, _columns) = (name, columns);

    /// <summary>Before the schema changes: triggers must not stand in its way.</summary>
    public static async Task DropAsync(Transaction t, CancellationToken cancellation)
    {
        const string sql = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name LIKE 'row_copy_%'";
        foreach (var trigger in await t.ListAsync<string>(sql, null, cancellation))
        {
            await RunAsync(t, $"DROP TRIGGER {trigger}", cancellation);
        }
    }

    /// <summary>After the schema changed: where triggers are missing, rows are copied as they stand.</summary>
    public static async Task EnsureAsync(Transaction t, CancellationToken cancellation)
    {
        foreach (var table in await ListAsync(t.Connection, t.Inner, guarded: false, cancellation))
        {
            await table.BeginAsync(t, cancellation);
        }
    }

    /// <summary>Rows that differ from their copy, by table and key.</summary>
    public static async Task<(long Checked, IReadOnlyList<string> Different)> CheckAsync(
        DbConnection connection,
        CancellationToken cancellation
    )
    {
        var (count, different) = (0L, new List<string>());
        foreach (var table in await ListAsync(connection, null, guarded: true, cancellation))
        {
            count += await connection.OneAsync<long>($"SELECT COUNT(*) FROM {table._name}", null, cancellation);
            var rows = await connection.ListAsync<string>(table.Differences, null, cancellation);
            different.AddRange(rows.Select(key => $"{table._name} {key}"));
        }

        return (count, different);
    }

    private static async Task<IReadOnlyList<RowCopies>> ListAsync(
        DbConnection connection,
        DbTransaction? transaction,
        bool guarded,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT m.name AS tbl, c.name, c.pk FROM sqlite_schema m JOIN pragma_table_info(m.name) c
            WHERE m.type = 'table' AND m.name IN (SELECT value FROM json_each(@Names)) AND @Guarded = EXISTS (
              SELECT 1 FROM sqlite_schema g WHERE g.type = 'trigger' AND g.name = 'row_copy_' || m.name || '_insert')
            ORDER BY m.name, c.cid
            """;
        var columns = await connection.QueryAsync<Column>(
            new CommandDefinition(
                sql,
                new { Names = JsonSerializer.Serialize(Names), Guarded = guarded },
                transaction,
                cancellationToken: cancellation
            )
        );
        return [.. columns.GroupBy(c => c.Tbl).Select(table => new RowCopies(table.Key, [.. table]))];
    }

    private async Task BeginAsync(Transaction t, CancellationToken cancellation)
    {
        const string forget = "DELETE FROM row_copy WHERE name = @Name";
        var keep = $"INSERT INTO row_copy (name, key, copy) VALUES ('{_name}', {Key("NEW.")}, {Whole("NEW.")});";
        await RunAsync(t, Trigger("insert", Key("NEW."), keep), cancellation);
        await RunAsync(t, Trigger("update", $"{Key("OLD.")}, {Key("NEW.")}", keep), cancellation);
        await RunAsync(t, Trigger("delete", Key("OLD."), ""), cancellation);
        await t.RunAsync(forget, new { Name = _name }, cancellation);
        // Every row is touched, and its trigger copies it.
        await RunAsync(t, $"UPDATE {_name} SET \"{_columns[0].Name}\" = \"{_columns[0].Name}\"", cancellation);
    }

    /// <summary>Of the table without its copy, of the copy without its row, and of both where they differ.</summary>
    /// <remarks>Columns are named with their table: some are called `name`, as one of the copies' is.</remarks>
    private string Differences =>
        $"""
            SELECT {Key("t.")} FROM {_name} t WHERE NOT EXISTS (
              SELECT 1 FROM row_copy r WHERE r.name = '{_name}' AND r.key = {Key("t.")} AND r.copy = {Whole("t.")})
            UNION
            SELECT r.key FROM row_copy r WHERE r.name = '{_name}' AND r.key NOT IN (SELECT {Key("t.")} FROM {_name} t)
            LIMIT 1000
            """;

    /// <param name="forgotten">The keys whose copies go, separated by commas.</param>
    private string Trigger(string act, string forgotten, string keep) =>
        $"""
            CREATE TRIGGER row_copy_{_name}_{act} AFTER {act.ToUpperInvariant()} ON {_name}
            BEGIN DELETE FROM row_copy WHERE name = '{_name}' AND key IN ({forgotten}); {keep} END
            """;

    private string Key(string row) => Joined(row, _columns.Where(c => c.Pk > 0).OrderBy(c => c.Pk));

    private string Whole(string row) => Joined(row, _columns);

    private static string Joined(string row, IEnumerable<Column> columns) =>
        string.Join(" || '|' || ", columns.Select(c => $"quote({row}\"{c.Name}\")"));

    private static Task RunAsync(Transaction t, string sql, CancellationToken cancellation) =>
        t.Connection.ExecuteAsync(new CommandDefinition(sql, transaction: t.Inner, cancellationToken: cancellation));

    private sealed record Column
    {
        public required string Tbl { get; init; }
        public required string Name { get; init; }
        public required long Pk { get; init; }
    }
}
