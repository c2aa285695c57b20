using Entente.Node.Storage;
using Entente.Node.Verification;

namespace Entente.Node.Features.Backup;

/// <summary>The embedded database: one file, cut where its pages are, so that a page that did not change is not written.</summary>
internal sealed class SqliteSource : IDatabaseSource
{
    private const int PieceSize = 64 * 1024;
    private readonly string _path;

    private SqliteSource(string path, SnapshotFacts facts) => (_path, Facts) = (path, facts);

    public SnapshotFacts Facts { get; }

    public static async Task<SqliteSource> OpenAsync(string path, CancellationToken cancellation)
    {
        await using var database = Database.ReadOnly($"Data Source={path}");
        await using var connection = await database.OpenAsync(cancellation);
        return new SqliteSource(path, await SnapshotFacts.OfAsync(connection, cancellation));
    }

    public async Task WriteAsync(ArchiveWriter archive, Advance progress, CancellationToken cancellation)
    {
        await archive.BeginPartAsync(new Part(Part.Sqlite), cancellation);
        await using var file = File.OpenRead(_path);
        var piece = new byte[PieceSize];
        int length;
        while ((length = await file.ReadAtLeastAsync(piece, piece.Length, false, cancellation)) > 0)
        {
            await archive.PieceAsync(piece.AsMemory(0, length), cancellation);
            progress.At(file.Position, file.Length);
        }

        await archive.EndPartAsync(cancellation);
    }

    public ValueTask DisposeAsync()
    {
        File.Delete(_path);
        File.Delete(_path + "-wal");
        File.Delete(_path + "-shm");
        return ValueTask.CompletedTask;
    }
}
