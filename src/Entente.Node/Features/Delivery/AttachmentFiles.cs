using System.Buffers;
using System.Globalization;
using Entente.Node.Hosting;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Chunks of files that travel apart, on disk as they travel: encrypted under the key that their message names. A chunk
/// is there whole or not at all, and stays through a power cut.
/// </summary>
internal sealed class AttachmentFiles(NodeHome home)
{
    public const string Outgoing = "out";

    /// <param name="side"><see cref="Outgoing"/>, or the partner's node id for what it sent.</param>
    public string PathOf(string side, Guid id, long chunk) =>
        Path.Combine(FolderOf(side, id), chunk.ToString("D6", CultureInfo.InvariantCulture));

    public async Task WriteAsync(
        string side,
        Guid id,
        long chunk,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(FolderOf(side, id));
        var path = PathOf(side, id, chunk);
        var temporary = path + ".new";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(bytes, cancellation);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <exception cref="FileNotFoundException">There is no such chunk.</exception>
    public async Task<ChunkBytes> ReadAsync(string side, Guid id, long chunk, CancellationToken cancellation)
    {
        await using var stream = new FileStream(
            PathOf(side, id, chunk),
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            bufferSize: 0,
            useAsync: true
        );
        var rented = ArrayPool<byte>.Shared.Rent((int)stream.Length);
        var length = await stream.ReadAtLeastAsync(rented, (int)stream.Length, false, cancellation);
        return new ChunkBytes(rented, length);
    }

    /// <summary>Which chunks of a file are here.</summary>
    public IReadOnlyList<ChunkRange> Held(string side, Guid id) =>
        Directory.Exists(FolderOf(side, id))
            ? ChunkRange.Of(
                Directory
                    .EnumerateFiles(FolderOf(side, id))
                    .Select(path =>
                        long.TryParse(
                            Path.GetFileName(path.AsSpan()),
                            NumberStyles.None,
                            CultureInfo.InvariantCulture,
                            out var n
                        )
                            ? n
                            : -1
                    )
                    .Where(number => number >= 0)
                    .Order()
            )
            : [];

    /// <summary><see cref="Outgoing"/> and the partners that sent files.</summary>
    public IEnumerable<string> Sides() =>
        Directory.Exists(home.AttachmentsFolder)
            ? Directory.EnumerateDirectories(home.AttachmentsFolder).Select(path => Path.GetFileName(path))
            : [];

    /// <summary>The files of a side, whole or not.</summary>
    public IEnumerable<string> Ids(string side) =>
        Directory.Exists(Path.Combine(home.AttachmentsFolder, side))
            ? Directory
                .EnumerateDirectories(Path.Combine(home.AttachmentsFolder, side))
                .Select(path => Path.GetFileName(path))
                .Where(name => Guid.TryParseExact(name, "D", out _))
            : [];

    public DateTimeOffset LastWritten(string side, string id) =>
        new(Directory.GetLastWriteTimeUtc(FolderOf(side, Guid.Parse(id))), TimeSpan.Zero);

    public long Size(string side, Guid id) =>
        new DirectoryInfo(FolderOf(side, id)).EnumerateFiles().Sum(file => Counted(file.Length));

    /// <summary>
    /// What a chunk takes of a quota. A file system has as many files as it has, and each takes a place, however empty: only
    /// a file's last chunk may be small.
    /// </summary>
    public static long Counted(long bytes) => Math.Max(bytes, Attachment.MaxInline);

    /// <summary>Null where the chunk is not here.</summary>
    public long? Length(string side, Guid id, long chunk) =>
        new FileInfo(PathOf(side, id, chunk)) is { Exists: true, Length: var length } ? length : null;

    public bool Has(string side, Guid id, long chunk) => File.Exists(PathOf(side, id, chunk));

    public void Delete(string side, Guid id)
    {
        if (Directory.Exists(FolderOf(side, id)))
        {
            Directory.Delete(FolderOf(side, id), recursive: true);
        }
    }

    /// <summary>The files named by these lines that are not complete here.</summary>
    public IReadOnlyList<string> Missing(string partner, IEnumerable<ReceivedLine> lines) =>
        [
            .. lines
                .SelectMany(line => line.Message?.Attachments ?? [])
                .Where(a => a.Id is { } id && !IsComplete(partner, id, a.Size))
                .Select(a => a.Id.ToString()!), // Filtered above.
        ];

    /// <summary>Whether every chunk of a file of this size is here, by count and length.</summary>
    public bool IsComplete(string side, Guid id, long size)
    {
        var chunks = AttachmentChunks.Count(size);
        for (var chunk = 0L; chunk < chunks; chunk++)
        {
            var content = Math.Min(size - (chunk * AttachmentChunks.ChunkSize), AttachmentChunks.ChunkSize);
            var file = new FileInfo(PathOf(side, id, chunk));
            if (!file.Exists || file.Length != content + AttachmentChunks.TagSize)
            {
                return false;
            }
        }

        return true;
    }

    private string FolderOf(string side, Guid id) => Path.Combine(home.AttachmentsFolder, side, id.ToString());
}
