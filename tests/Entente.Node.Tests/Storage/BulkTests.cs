using System.Data.Common;
using Dapper;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Storage;

public sealed class BulkTests
{
    private const string Insert =
        "INSERT INTO probe (id, text, number, flag, bytes) VALUES (@Id, @Text, @Number, @Flag, @Bytes)";
    private static readonly string[] Columns = ["Id", "Text", "Number", "Flag", "Bytes"];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rows_come_back_as_they_were_stored(string engine)
    {
        await using var store = await StoreAsync(engine);
        var longText = new string('é', 4000);
        List<object?[]> rows =
        [
            [1L, "", 0, true, Array.Empty<byte>()],
            [2L, null, null, null, null],
            [3L, longText, -5, false, new byte[] { 0, 1, 2 }],
        ];

        // Enough for PostgreSQL to copy them.
        rows.AddRange(Enumerable.Range(4, 20).Select(i => new object?[] { (long)i, "x", i, true, null }));

        await InsertAsync(store, rows);

        var read = await ReadAsync(store);
        Assert.Equal(["", null, longText], read.Select(r => r.Text).Take(3));
        Assert.Equal([0, null, -5], read.Select(r => r.Number).Take(3));
        Assert.Equal([true, null, false], read.Select(r => r.Flag).Take(3));
        Assert.Equal([0, null, 3], read.Select(r => r.Bytes?.Length).Take(3));
        Assert.Equal(23, read.Count);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Row_that_breaks_a_constraint_is_an_error_and_nothing_stays(string engine)
    {
        await using var store = await StoreAsync(engine);
        List<object?[]> rows =
        [
            [1L, "a", 1, true, null],
            [1L, "b", 2, true, null],
        ];

        await Assert.ThrowsAnyAsync<DbException>(() => InsertAsync(store, rows));

        Assert.Empty(await ReadAsync(store));
    }

    private static async Task<TestStore> StoreAsync(string engine)
    {
        const string table =
            "CREATE TABLE probe (id BIGINT PRIMARY KEY, text TEXT, number INT, flag BOOLEAN, bytes BYTEA)";
        var store = await TestStore.CreateAsync(engine);
        await store.Database.WriteAsync(
            t => t.Connection.ExecuteAsync(table, transaction: t.Inner),
            CancellationToken.None
        );
        return store;
    }

    private static Task InsertAsync(TestStore store, List<object?[]> rows) =>
        store.Database.WriteAsync(
            t => Bulk.ExecuteAsync(t, Insert, Columns, rows, CancellationToken.None),
            CancellationToken.None
        );

    private static async Task<List<Row>> ReadAsync(TestStore store) =>
        (
            await store.Database.ReadAsync(
                c => c.QueryAsync<Row>("SELECT text, number, flag, bytes FROM probe ORDER BY id"),
                CancellationToken.None
            )
        ).AsList();

    private sealed class Row
    {
        public string? Text { get; init; }
        public int? Number { get; init; }
        public bool? Flag { get; init; }
        public byte[]? Bytes { get; init; }
    }
}
