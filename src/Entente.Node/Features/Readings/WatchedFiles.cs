using Entente.Node.Storage;

namespace Entente.Node.Features.Readings;

/// <summary>What became of the files of watched folders: no file is opened twice unless it changed.</summary>
internal sealed class WatchedFiles(Database database, TimeProvider clock)
{
    private const int Shown = 20;

    /// <returns>True where the file was looked at as it is now.</returns>
    public async Task<bool> KnowsAsync(FileInfo file, CancellationToken cancellation)
    {
        const string sql = "SELECT path FROM watched_file WHERE path = @Path AND size = @Size AND modified = @Modified";
        var asItIs = new
        {
            Path = file.FullName,
            Size = file.Length,
            Modified = Modified(file),
        };
        return await database.ReadAsync(c => c.OneAsync<string>(sql, asItIs, cancellation), cancellation) is not null;
    }

    public Task KeepAsync(FileInfo file, Reception reception, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO watched_file (path, size, modified, seen_at, outcome, refusal, reading)
            VALUES (@Path, @Size, @Modified, @At, @Outcome, @Refusal, @Reading)
            ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
                seen_at = excluded.seen_at, outcome = excluded.outcome, refusal = excluded.refusal,
                reading = excluded.reading
            """;
        var row = new
        {
            Path = file.FullName,
            Size = file.Length,
            Modified = Modified(file),
            At = clock.GetUtcNow(),
            Outcome = reception.State.ToString(),
            Refusal = reception.Refusal?.Code,
            reception.Reading,
        };
        return database.WriteAsync(t => t.RunAsync(sql, row, cancellation), cancellation);
    }

    /// <summary>The files looked at last, the newest first.</summary>
    public Task<IReadOnlyList<WatchedFile>> LatestAsync(CancellationToken cancellation)
    {
        const string sql = """
            SELECT path, seen_at, outcome, refusal, reading FROM watched_file ORDER BY seen_at DESC, path LIMIT @Shown
            """;
        return database.ReadAsync(c => c.ListAsync<WatchedFile>(sql, new { Shown }, cancellation), cancellation);
    }

    private static long Modified(FileInfo file) => new DateTimeOffset(file.LastWriteTimeUtc).ToUnixTimeMilliseconds();
}

/// <summary>A file of a watched folder, and what became of it.</summary>
internal sealed record WatchedFile
{
    public string Path { get; init; } = "";
    public DateTimeOffset SeenAt { get; init; }
    public string Outcome { get; init; } = "";
    public string? Refusal { get; init; }
    public string? Reading { get; init; }

    public Reception AsReception() =>
        new(
            System.IO.Path.GetFileName(Path),
            Reading,
            Enum.Parse<ReceptionState>(Outcome), // Written by KeepAsync.
            Refusal is null ? null : new ReadingRefusal(Refusal)
        );
}
