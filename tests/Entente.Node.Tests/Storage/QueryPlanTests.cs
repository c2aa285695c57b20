using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Storage;

/// <summary>No query of the program may cost more because more is stored, except those that say why.</summary>
public sealed partial class QueryPlanTests
{
    /// <summary>Tables that grow with every message; the others grow with the people and the partners.</summary>
    private static readonly HashSet<string> Growing =
    [
        "message",
        "data_key",
        "envelope",
        "envelope_entry",
        "ledger_leaf",
        "ledger_node",
        "ledger_head",
        "witness_head",
        "attachment",
        "decision",
        "request",
        "request_word",
        "request_subject",
        "request_found",
        "text_word",
        "case_note",
        "permission",
        "account_session",
        "retention",
        "transfer",
    ];

    /// <summary>What reads everything because that is its purpose, by a piece of its text.</summary>
    private static readonly string[] ReadsAll =
    [
        // The totals that `entente verify` shows its progress against; it goes on to read every row.
        "SELECT COUNT(*) FROM envelope",
        "SELECT COUNT(*) FROM message",
        "SELECT COUNT(*) FROM ledger_node",
        "SELECT DISTINCT e.partner, e.direction FROM envelope e",
        // The demonstration counts its own few messages.
        "SUM(CASE WHEN state = 'delivered' THEN 1 ELSE 0 END), 0) AS delivered",
        // Partial indexes that hold only what waits.
        "FROM message m WHERE m.state IN ('queued', 'sealed')",
        "USING COVERING INDEX attachment_sending",
    ];

    /// <summary>Words that only one engine knows.</summary>
    private static readonly string[] OneEngineOnly = ["pg_", "pragma_", "sqlite_", "clock_timestamp", "ANY(@"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Queries_of_the_program_are_found() => ProductQueries.All.Count.ShouldBeGreaterThan(150);

    [Fact]
    public void Pages_of_a_list_begin_where_the_last_ended()
    {
        // (a < @A OR (a = @A AND b < @B)) is no range to either engine: it reads every row before it. (a, b) < (@A, @B) is.
        ProductQueries.All.Where(sql => Disjunction().IsMatch(sql)).ShouldBeEmpty();
        ProductQueries.All.Where(sql => Offset().IsMatch(sql)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sqlite_scans_no_table_that_grows()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        await using var connection = await store.Database.OpenAsync(Cancellation);
        var scans = new List<string>();
        foreach (var sql in ProductQueries.All.Select(Whole))
        {
            foreach (var step in await UnderstoodAsync(sql, () => SqlitePlanAsync(connection, sql)))
            {
                if (
                    Scan().Match(step) is { Success: true } scan
                    && Growing.Contains(Table(scan.Groups[1].Value + scan.Groups[2].Value, sql))
                )
                {
                    scans.Add($"{step}\n{sql}");
                }
            }
        }

        scans.Where(Unexcused).ShouldBeEmpty();
    }

    [Fact]
    public async Task Postgres_scans_no_table_that_grows()
    {
        await using var store = await TestStore.CreateAsync("Postgres");
        await using var connection = await store.Database.OpenAsync(Cancellation);
        await connection.ExecuteAsync(
            "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET plan_cache_mode = force_generic_plan"
        );
        var scans = new List<string>();
        foreach (var sql in ProductQueries.All.Select(Whole))
        {
            var plan = await UnderstoodAsync(sql, () => PostgresScansAsync(connection, sql));
            scans.AddRange(plan.Select(step => $"{step}\n{sql}"));
        }

        scans.Where(Unexcused).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> UnderstoodAsync(string sql, Func<Task<IReadOnlyList<string>>> plan)
    {
        try
        {
            return await plan();
        }
        catch (DbException e)
        {
            // The other engine's own words are its test's to judge.
            OneEngineOnly
                .Any(word => sql.Contains(word, StringComparison.Ordinal))
                .ShouldBeTrue($"{e.Message}\n{sql}");
            return [];
        }
    }

    /// <summary>A statement that goes on in the dialect's words for 'one of the list'.</summary>
    private static string Whole(string sql) => sql.EndsWith(' ') ? sql + "= @Ids" : sql;

    private static bool Unexcused(string found) =>
        !ReadsAll.Any(piece => found.Contains(piece, StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> SqlitePlanAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The program's own statements.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
        foreach (var name in Parameter().Matches(sql).Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, DBNull.Value);
            command.Parameters.Add(parameter);
        }

        var steps = new List<string>();
        await using var plan = await command.ExecuteReaderAsync(Cancellation);
        while (await plan.ReadAsync(Cancellation))
        {
            steps.Add(plan.GetString(3));
        }

        return steps;
    }

    private static async Task<IReadOnlyList<string>> PostgresScansAsync(DbConnection connection, string sql)
    {
        var names = Parameter().Matches(sql).Select(m => m.Value).Distinct().ToList();
        // `@Name IS NULL` alone does not say of what type it is; the program's parameters bring theirs along.
        var typed = Untyped().Replace(sql, "$1::text IS NULL");
        var numbered = Parameter().Replace(typed, m => "$" + (names.IndexOf(m.Value) + 1));
        var nothing = names.Count == 0 ? "" : $"({string.Join(", ", names.Select(_ => "NULL"))})";
#pragma warning disable CA2100 // The program's own statements.
        await connection.ExecuteAsync($"PREPARE probe AS {numbered}");
        var plan = await connection.ExecuteScalarAsync<string>($"EXPLAIN (FORMAT JSON) EXECUTE probe{nothing}");
#pragma warning restore CA2100
        await connection.ExecuteAsync("DEALLOCATE probe");
        using var json = JsonDocument.Parse(plan!); // EXPLAIN answers.
        return [.. Scans(json.RootElement[0].GetProperty("Plan"))];
    }

    private static IEnumerable<string> Scans(JsonElement node)
    {
        var kind = node.GetProperty("Node Type").GetString()!; // Every node has one.
        var whole =
            kind is "Seq Scan"
            || (kind is "Index Scan" or "Index Only Scan" && !node.TryGetProperty("Index Cond", out _));
        if (
            whole
            && node.GetProperty("Relation Name").GetString() is { } table
            && Growing.Contains(Partition().Replace(table, ""))
        )
        {
            yield return $"{kind} {table}";
        }

        if (node.TryGetProperty("Plans", out var below))
        {
            foreach (var scan in below.EnumerateArray().SelectMany(Scans))
            {
                yield return scan;
            }
        }
    }

    /// <summary>The table that a plan names by its alias.</summary>
    private static string Table(string alias, string sql) =>
        Regex.Match(sql, $@"\b(\w+)\s+(AS\s+)?{alias}\b(?<!(FROM|JOIN|UPDATE|INTO)\s+{alias})", RegexOptions.IgnoreCase)
            is { Success: true } named
        && named.Groups[1].Value.ToUpperInvariant() is not ("FROM" or "JOIN" or "UPDATE" or "INTO")
            ? named.Groups[1].Value
            : alias;

    // Reading through an index by what nearly every row has is a scan by another name.
    [GeneratedRegex(
        @"^(?:SCAN (\w+)|SEARCH (\w+) USING .*\((?:direction|open|state|kind)=\?(?: AND (?:direction|open)=\?)?\)$)"
    )]
    private static partial Regex Scan();

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"[<>] @\w+\s+OR\s+\(")]
    private static partial Regex Disjunction();

    [GeneratedRegex(@"_(\d{4}|default)$")]
    private static partial Regex Partition();

    [GeneratedRegex(@"(@\w+) IS NULL")]
    private static partial Regex Untyped();

    [GeneratedRegex(@"\bOFFSET\b")]
    private static partial Regex Offset();
}
