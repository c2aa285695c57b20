using Dapper;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;

namespace Entente.Node.Tests.Verification;

/// <summary>Rows that nobody signed, changed behind the engine's back as a failing disk would.</summary>
public sealed class RowCopyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE unit SET names = replace(names, 'L', 'M')", "unit 'liaison'")]
    [InlineData("UPDATE unit SET slug = 'liaisom'", "unit 'liaison'")]
    [InlineData("DELETE FROM unit", "unit 'liaison'")]
    [InlineData("INSERT INTO unit (slug, names, created) VALUES ('autre', '{}', 0)", "unit 'autre'")]
    public async Task Byte_changed_in_a_row_that_nobody_signed_is_found(string change, string row)
    {
        await using var store = await StoreAsync();
        (await ProblemsAsync(store)).ShouldBeEmpty();

        await BehindItsBackAsync(store, change);

        (await ProblemsAsync(store)).ShouldContain(row);
    }

    [Fact]
    public async Task Rows_written_changed_and_deleted_through_the_engine_are_as_their_copies()
    {
        await using var store = await StoreAsync();
        foreach (
            var change in (string[])
                [
                    "INSERT OR REPLACE INTO unit (slug, names, created) VALUES ('liaison', '{}', 1)",
                    "INSERT INTO unit (slug, names, created) VALUES ('a', '{}', 1), ('b', '{}', 1)",
                    "INSERT INTO unit (slug, names, created) VALUES ('a', 'x', 1) ON CONFLICT (slug) DO UPDATE SET names = excluded.names",
                    "INSERT OR IGNORE INTO unit (slug, names, created) VALUES ('b', 'x', 1), ('c', 'x', 1)",
                    "UPDATE unit SET slug = 'd' WHERE slug = 'a'",
                    "DELETE FROM unit WHERE slug = 'b'",
                ]
        )
        {
            await RunAsync(store, change);
        }

        (await ProblemsAsync(store)).ShouldBeEmpty();
    }

    private static async Task<TestStore> StoreAsync()
    {
        var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        var unit = new Unit
        {
            Slug = "liaison",
            Names = new Dictionary<string, string> { ["fr"] = "Liaison" },
        };
        await using var services = store.Services();
        var units = services.GetRequiredService<UnitBook>();
        await store.Database.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation), Cancellation);
        return store;
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(TestStore store)
    {
        var (report, _) = await NodeVerification.RunAsync(store.Home, _ => Advance.None, Cancellation);
        return report.Problems.Select(problem => problem.Row);
    }

    private static async Task BehindItsBackAsync(TestStore store, string change)
    {
        // The triggers stay in the schema, as they would: they are only put aside for the change.
        const string triggers = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'unit'";
        await store.Database.WriteAsync(
            async t =>
            {
                var kept = (
                    await t.Connection.QueryAsync<(string Name, string Sql)>(triggers, transaction: t.Inner)
                ).ToList();
                foreach (var (name, _) in kept)
                {
                    await t.Connection.ExecuteAsync($"DROP TRIGGER {name}", transaction: t.Inner);
                }

                await t.Connection.ExecuteAsync(change, transaction: t.Inner);
                foreach (var (_, sql) in kept)
                {
                    await t.Connection.ExecuteAsync(sql, transaction: t.Inner);
                }
            },
            Cancellation
        );
    }

    private static Task RunAsync(TestStore store, string change) =>
        store.Database.WriteAsync(t => t.Connection.ExecuteAsync(change, transaction: t.Inner), Cancellation);
}
