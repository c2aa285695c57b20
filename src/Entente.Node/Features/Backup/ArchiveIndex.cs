using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Node.Verification;
using Entente.Protocol;

namespace Entente.Node.Features.Backup;

/// <summary>
/// The files of one chain, opened and read from end to end: every segment authentic, every piece the one its hash names,
/// every part complete. Only then is anything put back.
/// </summary>
internal sealed class ArchiveIndex : IDisposable
{
    private readonly List<SealedFile> _files;
    private readonly Dictionary<Hash, Place> _pieces = [];

    private ArchiveIndex(List<SealedFile> files) => _files = files;

    public BackupHeader Header => _files[^1].Header;

    public Manifest Manifest { get; private set; } = null!; // Read before the index is given out.

    public Totals Totals { get; private set; } = null!; // The same.

    /// <summary>False where the full backup that the chain begins with was not given: pieces may be missing then.</summary>
    public bool IsWhole => _files[0].Header.Number == 0;

    /// <param name="alone">Checks what the files hold even when the chain's beginning is not among them.</param>
    public static ArchiveIndex Open(
        IEnumerable<string> paths,
        ECDiffieHellman recovery,
        bool alone,
        Advance progress,
        CancellationToken cancellation
    )
    {
        var files = new List<SealedFile>();
        var read = false;
        try
        {
            foreach (var path in paths)
            {
                files.Add(SealedFile.Open(path, recovery));
            }

            files.Sort((a, b) => a.Header.Number.CompareTo(b.Header.Number));
            CheckChain(files, alone);
            var index = new ArchiveIndex(files);
            index.Read(progress, cancellation);
            read = true;
            return index;
        }
        finally
        {
            if (!read)
            {
                files.ForEach(f => f.Dispose()); // Nobody has them.
            }
        }
    }

    /// <summary>The last backup's records, in order.</summary>
    public IEnumerable<ArchiveRecord> Records() => ArchiveRecord.Of(_files[^1]);

    /// <summary>The bytes of a piece, which an earlier file may hold.</summary>
    public ReadOnlyMemory<byte> Piece(ArchiveRecord record, string part)
    {
        if (record.Kind == RecordKind.Piece)
        {
            return record.Payload;
        }

        var hash = Hash.From(record.Payload.Span);
        if (!_pieces.TryGetValue(hash, out var place))
        {
            throw new BackupRefused(new PieceMissing(_files[^1].Path, part));
        }

        var bytes = new byte[place.Length];
        _files[place.File].Read(place.Offset, bytes);
        return bytes;
    }

    public void Dispose() => _files.ForEach(f => f.Dispose());

    private static void CheckChain(List<SealedFile> files, bool alone)
    {
        var expected = alone ? files[0].Header.Number : 0;
        for (var i = 0; i < files.Count; i++, expected++)
        {
            var header = files[i].Header;
            if (header.Chain != files[0].Header.Chain)
            {
                throw new BackupRefused(new OtherChain(files[i].Path));
            }

            if (header.Number != expected)
            {
                throw new BackupRefused(
                    header.Number < expected
                        ? new OtherHistory(files[i].Path)
                        : new IncrementMissing(header.Chain, expected)
                );
            }

            if (i > 0 && header.Previous != files[i - 1].Header.Id)
            {
                throw new BackupRefused(new OtherHistory(files[i].Path));
            }
        }
    }

    private void Read(Advance progress, CancellationToken cancellation)
    {
        var (done, all) = (0L, _files.Sum(f => f.Length));
        for (var number = 0; number < _files.Count; number++)
        {
            var part = new PartCheck(_files[number].Path);
            foreach (var record in ArchiveRecord.Of(_files[number]))
            {
                cancellation.ThrowIfCancellationRequested();
                part.See(record);
                Keep(record, number, part.Name);
                progress.At(done + record.End, all);
            }

            done += _files[number].Length;
        }
    }

    private void Keep(ArchiveRecord record, int file, string part)
    {
        switch (record.Kind)
        {
            case RecordKind.Piece:
                _pieces[Hash.Of(record.Payload.Span)] = new Place(file, record.Offset, record.Payload.Length);
                break;
            case RecordKind.Known when IsWhole && !_pieces.ContainsKey(Hash.From(record.Payload.Span)):
                throw new BackupRefused(new PieceMissing(_files[file].Path, part));
            case RecordKind.Manifest:
                Manifest = record.Read<Manifest>();
                break;
            case RecordKind.Totals:
                Totals = record.Read<Totals>();
                break;
        }
    }

    private readonly record struct Place(int File, long Offset, int Length);

    /// <summary>Parts begin and end, and their pieces are those that were written, in that order.</summary>
    private sealed class PartCheck(string path)
    {
        private readonly byte[] _hash = new byte[Hash.Size];
        private readonly IncrementalHash _pieces = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public string Name { get; private set; } = "";

        public void See(ArchiveRecord record)
        {
            switch (record.Kind)
            {
                case RecordKind.Part:
                    Name = record.Read<Part>().Name;
                    break;
                case RecordKind.Piece:
                    Hash.Of(record.Payload.Span).CopyTo(_hash);
                    _pieces.AppendData(_hash);
                    break;
                case RecordKind.Known:
                    _pieces.AppendData(record.Payload.Span);
                    break;
                case RecordKind.PartEnd when !_pieces.GetHashAndReset().AsSpan().SequenceEqual(record.Payload.Span):
                    throw new BackupRefused(new PieceMissing(path, Name));
            }
        }
    }
}

/// <param name="Offset">Where the payload begins in the file's contents.</param>
internal sealed record ArchiveRecord(RecordKind Kind, long Offset, ReadOnlyMemory<byte> Payload)
{
    private const int HeadSize = 5;

    public long End => Offset + Payload.Length;

    public T Read<T>() => JsonSerializer.Deserialize<T>(Payload.Span, Manifest.Json)!; // Authentic: we wrote it.

    public static IEnumerable<ArchiveRecord> Of(SealedFile file)
    {
        var head = new byte[HeadSize];
        var at = 0L;
        var kind = RecordKind.Manifest;
        while (at < file.Length)
        {
            file.Read(at, head);
            kind = (RecordKind)head[0];
            var length = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1));
            if (length is < 0 or > ArchiveWriter.MostPiece)
            {
                throw new BackupRefused(new Altered(file.Path, at / Segments.Size));
            }

            var payload = new byte[length];
            file.Read(at + HeadSize, payload);
            yield return new ArchiveRecord(kind, at + HeadSize, payload);
            at += HeadSize + length;
        }

        if (kind != RecordKind.Totals)
        {
            throw new BackupRefused(new CutShort(file.Path));
        }
    }
}
