using Dapper;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Storage;

public sealed class MigratorTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Second_start_applies_nothing_and_changes_nothing(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);

        await new Migrator(store.Database, store.Clock).ApplyAsync(TestContext.Current.CancellationToken);

        (await CountAsync(store)).ShouldBe(Migrator.Known(store.Database.Engine).Count);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Database_of_a_newer_version_is_refused_with_the_number(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        const string newer = "INSERT INTO schema_migration (number, name, applied_at) VALUES (9999, 'later', 0)";
        await store.Database.WriteAsync(
            t => t.Connection.ExecuteAsync(newer, transaction: t.Inner),
            TestContext.Current.CancellationToken
        );

        var refusal = await Should.ThrowAsync<SchemaIsNewer>(() =>
            new Migrator(store.Database, store.Clock).ApplyAsync(TestContext.Current.CancellationToken)
        );

        refusal.Number.ShouldBe(9999);
    }

    private static Task<int> CountAsync(TestStore store) =>
        store.Database.ReadAsync(
            c => c.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM schema_migration"),
            TestContext.Current.CancellationToken
        );
}
