using System.Buffers.Binary;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>By which keyed hashes a request is found, so that they can be taken back.</summary>
/// <param name="Leaf">The request's in the ledger: the lists of words name it by this number.</param>
/// <param name="Words">Of its words.</param>
/// <param name="Subjects">Of what it is about.</param>
internal sealed record FoundBy(string RequestId, long Leaf, IReadOnlyList<long> Words, IReadOnlyList<long> Subjects)
{
    private static readonly string[] Columns = ["Request", "Leaf", "Words", "Subjects"];

    public static Task SaveAsync(Transaction t, IReadOnlyList<FoundBy> found, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO request_found (request_id, leaf, words, subjects) VALUES (@Request, @Leaf, @Words, @Subjects)
            """;
        object?[][] rows =
        [
            .. found.Select(f => new object?[] { f.RequestId, f.Leaf, Packed(f.Words), Packed(f.Subjects) }),
        ];
        return Bulk.ExecuteAsync(t, sql, Columns, rows, cancellation);
    }

    /// <summary>Those of the requests that may be found.</summary>
    public static async Task<IReadOnlyList<FoundBy>> OfAsync(
        Transaction t,
        IReadOnlyList<string> requests,
        CancellationToken cancellation
    )
    {
        const string select = "SELECT request_id, leaf, words, subjects FROM request_found WHERE request_id ";
        var dialect = new Dialect(t.Engine);
        var rows = await t.ListAsync<Row>(
            select + dialect.AmongMany,
            new { Ids = dialect.Many(requests) },
            cancellation
        );
        return
        [
            .. rows.Select(row => new FoundBy(row.RequestId, row.Leaf, Unpacked(row.Words), Unpacked(row.Subjects))),
        ];
    }

    private static byte[] Packed(IReadOnlyList<long> hashes)
    {
        var bytes = new byte[hashes.Count * sizeof(long)];
        for (var i = 0; i < hashes.Count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * sizeof(long)), hashes[i]);
        }

        return bytes;
    }

    private static IReadOnlyList<long> Unpacked(byte[] bytes) =>
        [.. bytes.Chunk(sizeof(long)).Select(hash => BinaryPrimitives.ReadInt64BigEndian(hash))];

    private sealed record Row
    {
        public required string RequestId { get; init; }
        public required long Leaf { get; init; }
        public required byte[] Words { get; init; }
        public required byte[] Subjects { get; init; }
    }
}
