using Entente.Node.Storage;

namespace Entente.Bench;

/// <summary>
/// The words of all requests, written at the end in the order of their index. As they come, each would be written at a
/// random place of it, which is what a node does in twenty years and a bench should not wait for.
/// </summary>
internal sealed class GrowthWords
{
    private const int Chunk = 50_000;
    private readonly List<(long Word, long Leaf)> _rows = [];

    public void Add(long word, long leaf) => _rows.Add((word, leaf));

    public async Task StoreAsync(Database database)
    {
        const string sql = "INSERT INTO request_word (word, leaf) VALUES (@Word, @Leaf)";
        string[] columns = ["Word", "Leaf"];
        _rows.Sort();
        for (var from = 0; from < _rows.Count; from += Chunk)
        {
            object?[][] rows =
            [
                .. _rows
                    .GetRange(from, Math.Min(Chunk, _rows.Count - from))
                    .Select(r => new object?[] { r.Word, r.Leaf }),
            ];
            await database.WriteAsync(t => Bulk.ExecuteAsync(t, sql, columns, rows, default), default);
        }

        _rows.Clear();
        _rows.TrimExcess();
    }
}
