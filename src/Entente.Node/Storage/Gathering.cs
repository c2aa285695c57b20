namespace Entente.Node.Storage;

/// <summary>
/// Rows of works that follow each other in one transaction, kept back until they go together: one statement a table for all
/// of them, where each alone would send its own. What is no plain insert keeps its place among them.
/// </summary>
/// <param name="direct">The same transaction, without keeping anything back.</param>
internal sealed class Gathering(Transaction direct)
{
    // Memory does not grow with what is written.
    public const long MostBytes = 4 * 1024 * 1024;

    private readonly List<BulkRows> _tables = [];

    // Rows may join those of their table from here on: before it stands a statement that must not see them.
    private int _joinable;
    private readonly Dictionary<(string Sql, object With), object?> _known = [];

    /// <summary>Kept back at this moment.</summary>
    public long Bytes { get; private set; }

    /// <param name="plain">A plain insert, which may go together with others of its table.</param>
    public async Task AddAsync(
        string sql,
        IReadOnlyList<string> names,
        IReadOnlyList<object?[]> rows,
        bool plain = true
    )
    {
        var at = plain ? _tables.FindIndex(_joinable, table => ReferenceEquals(table.Sql, sql)) : -1;
        if (at < 0)
        {
            at = _tables.Count;
            _tables.Add(new BulkRows(sql, names, new List<object?[]>()));
        }

        _joinable = plain ? _joinable : _tables.Count;
        ((List<object?[]>)_tables[at].Rows).AddRange(rows);
        Bytes += rows.Sum(Size);
        if (Bytes > MostBytes)
        {
            await FlushAsync();
        }
    }

    public async Task FlushAsync()
    {
        if (Take() is { Count: > 0 } tables)
        {
            await Bulk.ExecuteAsync(direct, tables, CancellationToken.None);
        }
    }

    /// <summary>The same for whoever is about to ask the database.</summary>
    public void Flush()
    {
        if (Take() is { Count: > 0 } tables)
        {
            Bulk.Execute(direct, tables);
        }
    }

    /// <summary>An answer that holds for all works that are gathered here.</summary>
    public async Task<T?> OnceAsync<T>(string sql, object with, CancellationToken cancellation)
    {
        if (!_known.TryGetValue((sql, with), out var known))
        {
            known = await direct.OneAsync<T>(sql, with, cancellation);
            _known.Add((sql, with), known);
        }

        return (T?)known;
    }

    private List<BulkRows> Take()
    {
        List<BulkRows> tables = [.. _tables];
        _tables.Clear();
        _joinable = 0;
        Bytes = 0;
        return tables;
    }

    private static long Size(object?[] row)
    {
        long bytes = 0;
        foreach (var value in row)
        {
            bytes += value switch
            {
                string text => text.Length,
                byte[] blob => blob.Length,
                _ => sizeof(long),
            };
        }

        return bytes;
    }
}
