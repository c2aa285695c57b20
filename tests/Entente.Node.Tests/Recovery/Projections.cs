using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Dapper;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Recovery;

/// <summary>All rows that a node keeps of what was said, whatever feature keeps them.</summary>
internal static class Projections
{
    /// <summary>What is no projection of messages, and why it may differ after a restore.</summary>
    private static readonly HashSet<string> Own =
    [
        // The node itself and its people: restored as they were.
        "setting",
        "schema_migration",
        "unit",
        "account",
        "account_role",
        "account_recovery_code",
        "account_passkey",
        "account_session",
        "posted_form",
        "cookie_key",
        "own_card",
        "row_copy",
        "node_instance",
        "link_lease",
        "link_health",
        // Made anew: another key for every content, another ledger from the backup on, and what partners are told of it.
        "data_key",
        "ledger_leaf",
        "ledger_node",
        "ledger_head",
        "witness_head",
        "witness_epoch",
        "recovery",
        "alarm",
        "decision",
        "agreement_use",
        "quiet_day",
        "refusal_day",
        // Never said to anybody.
        "breach",
        "breach_message",
        "text_draft",
        "approval",
        "approval_voice",
        "erased_since",
        "correction_trace", // What officers looked at is; it follows the ledger, which is another.
        "record_change",
    ];

    /// <summary>Who of our officers did it, when this node wrote it down, and what only this ledger and these keys know.</summary>
    private static readonly HashSet<string> Ours =
    [
        "author",
        "actor",
        "officer",
        "created_by",
        "created_at",
        "updated_at",
        "decided_by",
        "decided_at",
        "taken_by",
        "proposed_by",
        "leaf",
        "data_key",
        "sealed",
        // A receipt is given again: the same word, signed a second time, with the partner's ledger of today.
        "at",
        "state_at",
        "changed_at",
        "receipt",
        "tree_size",
        "tree_root",
        "partner.touched_at",
        "message.priority",
        // Counted from when the case was last touched here.
        "retention.last_at",
        "retention.ended_at",
        "retention.review_at",
        "retention.erase_at",
        "permission.asked_by",
        "commitment_report.id",
        "commitment_progress.id",
    ];

    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> ReadAsync(TestNode node)
    {
        var tables = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        // Some minutes behind otherwise, here or there.
        await node.Services.GetRequiredService<MessageFollower>().FollowAsync(TestContext.Current.CancellationToken);
        await node.Services.GetRequiredService<SumKeeper>().KeepAsync(rest: 0, TestContext.Current.CancellationToken);
        await node.Database.ReadAsync(
            async c =>
            {
                foreach (var table in (await c.QueryAsync<string>(Tables(node.Database.Engine))).Except(Own).Order())
                {
                    tables[table] = await RowsAsync(c, table);
                }

                const string readable = "SELECT m.id FROM message m JOIN data_key k ON k.id = m.data_key ORDER BY m.id";
                tables["readable"] = [.. await c.QueryAsync<string>(readable)];
                return tables.Count;
            },
            TestContext.Current.CancellationToken
        );
        return tables;
    }

    /// <summary>Rows that only one of the two has.</summary>
    public static IEnumerable<string> Differences(
        IReadOnlyDictionary<string, IReadOnlyList<string>> before,
        IReadOnlyDictionary<string, IReadOnlyList<string>> after
    ) =>
        before.Keys.SelectMany(table =>
            before[table]
                .Except(after[table])
                .Select(row => $"lost from {table}: {row}")
                .Concat(after[table].Except(before[table]).Select(row => $"new in {table}: {row}"))
        );

    private static string Tables(Engine engine) =>
        engine == Engine.Sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : """
                SELECT c.relname FROM pg_class c
                WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
                """;

    [SuppressMessage("Security", "CA2100", Justification = "Names come out of the schema.")]
    private static async Task<IReadOnlyList<string>> RowsAsync(System.Data.Common.DbConnection connection, string table)
    {
        var rows = await connection.QueryAsync($"SELECT * FROM {table}");
        return [.. rows.Select(row => Line(table, (IDictionary<string, object?>)row)).Order(StringComparer.Ordinal)];
    }

    private static string Line(string table, IDictionary<string, object?> row) =>
        string.Join(
            ' ',
            row.Where(cell => !Ours.Contains(cell.Key) && !Ours.Contains($"{table}.{cell.Key}"))
                .Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.Key}={Text(cell.Value)}"))
        );

    private static object? Text(object? value) =>
        value switch
        {
            byte[] bytes => Convert.ToHexStringLower(bytes),
            bool flag => flag ? 1 : 0,
            _ => value,
        };
}
