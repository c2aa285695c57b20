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

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Instances_that_start_at_once_on_an_empty_store_apply_each_step_once(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await store.EmptyAsync();

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var instance = new Database(store.Home.ConnectionString(store.Options));
                        await new Migrator(instance, store.Clock).ApplyAsync(TestContext.Current.CancellationToken);
                    })
                )
        );

        (await CountAsync(store)).ShouldBe(Migrator.Known(store.Database.Engine).Count);
    }

    [Fact]
    public void Steps_have_numbers_of_their_own_and_four_digit_names()
    {
        foreach (var engine in Enum.GetValues<Engine>())
        {
            var known = Migrator.Known(engine);
            known.Select(m => m.Number).ShouldBeUnique();
            known.ShouldAllBe(m => m.Name[4] == '_');
        }
    }

    private static Task<int> CountAsync(TestStore store) =>
        store.Database.ReadAsync(
            c => c.ExecuteScalarAsync<int>("SELECT COUNT(*) FROM schema_migration"),
            TestContext.Current.CancellationToken
        );
}
