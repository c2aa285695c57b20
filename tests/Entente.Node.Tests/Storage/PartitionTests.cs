using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Storage;

public sealed class PartitionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Message_is_kept_in_the_year_of_its_id_and_one_of_no_such_year_with_the_strays()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Postgres));
        var year = TimeProvider.System.GetUtcNow().Year;

        var now = await InsertAsync(store, At(year, 11));
        var stray = await InsertAsync(store, At(2090, 5));

        (await PartitionAsync(store, now)).ShouldBe($"message_{year}");
        (await PartitionAsync(store, stray)).ShouldBe("message_default");
    }

    [Fact]
    public async Task Year_is_made_once_and_not_over_rows_that_strayed_before_it()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Postgres));
        await InsertAsync(store, At(2050, 2));

        (await EnsureAsync(store, 2040)).ShouldBe(1);
        (await EnsureAsync(store, 2040)).ShouldBe(0);
        (await EnsureAsync(store, 2050)).ShouldBe(0);
        (await PartitionAsync(store, await InsertAsync(store, At(2040, 7)))).ShouldBe("message_2040");
        (await PartitionAsync(store, await InsertAsync(store, At(2050, 7)))).ShouldBe("message_default");
    }

    [Fact]
    public async Task Partitions_have_the_indexes_of_the_whole_under_their_old_names()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Postgres));
        const string sql = """
            SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = 'message'::regclass AND i.indisvalid ORDER BY 1
            """;

        var names = await store.Database.ReadAsync(c => c.ListAsync<string>(sql, null, Cancellation), Cancellation);

        names.ShouldContain("message_case");
        names.ShouldContain("message_waiting");
        names.ShouldContain("message_pkey");
    }

    private static DateTimeOffset At(int year, int month) => new(year, month, 3, 4, 5, 6, TimeSpan.Zero);

    private static Task<int> EnsureAsync(TestStore store, int year) =>
        store.Database.WriteAsync(t => Partitions.EnsureAsync(t, year, year, Cancellation), Cancellation);

    private static async Task<string> InsertAsync(TestStore store, DateTimeOffset at)
    {
        const string sql = """
            INSERT INTO message (id, partner, direction, kind, case_id, from_unit, to_unit, sent, at, priority, state,
                state_at, classification_rank, handling, line_sha256, leaf, data_key, sealed)
            VALUES (@Id, 'es.interior', 'in', 'request', 'c', 'u', 'u', 1, 1, 1, 'received', 1, 0, '', '', 0, 'k', @Sealed)
            """;
        var id = new Ids(new TestClock(at)).New();
        await store.Database.WriteAsync(
            t => t.RunAsync(sql, new { Id = id, Sealed = Array.Empty<byte>() }, Cancellation),
            Cancellation
        );
        return id;
    }

    private static async Task<string?> PartitionAsync(TestStore store, string id)
    {
        const string sql = "SELECT tableoid::regclass::text FROM message WHERE id = @Id";
        var name = await store.Database.ReadAsync(
            c => c.OneAsync<string>(sql, new { Id = id }, Cancellation),
            Cancellation
        );
        return name?.Split('.')[^1].Trim('"');
    }
}
