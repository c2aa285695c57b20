using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Backup;

/// <summary>
/// Writes parts piece by piece, and of those pieces that the chain holds already only the hash. A record is one byte of
/// <see cref="RecordKind"/>, four of length (big endian) and that many bytes.
/// </summary>
internal sealed class ArchiveWriter(SealedWriter file, ChainMemory memory)
{
    /// <summary>The largest piece: an attachment's chunk with its tag.</summary>
    public const int MostPiece = (1 << 20) + 64;

    private readonly byte[] _head = new byte[5];
    private readonly byte[] _hash = new byte[Hash.Size];
    private IncrementalHash? _part;
    private long _parts;
    private long _pieces;
    private long _newPieces;
    private long _bytes;
    private long _newBytes;

    public Totals Totals => new(_parts, _pieces, _newPieces, _bytes, _newBytes);

    public ValueTask BeginAsync(Manifest manifest, CancellationToken cancellation) =>
        RecordAsync(RecordKind.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, Manifest.Json), cancellation);

    public ValueTask BeginPartAsync(Part part, CancellationToken cancellation)
    {
        _parts++;
        _part = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        return RecordAsync(RecordKind.Part, JsonSerializer.SerializeToUtf8Bytes(part, Manifest.Json), cancellation);
    }

    public async ValueTask<Hash> PieceAsync(ReadOnlyMemory<byte> piece, CancellationToken cancellation)
    {
        var hash = Hash.Of(piece.Span);
        if (memory.Holds(hash))
        {
            await KnownAsync(hash, piece.Length, cancellation);
            return hash;
        }

        memory.Add(hash);
        Count(hash, piece.Length);
        _newPieces++;
        _newBytes += piece.Length;
        await RecordAsync(RecordKind.Piece, piece, cancellation);
        return hash;
    }

    /// <summary>A piece that the chain is known to hold, without reading it again.</summary>
    public ValueTask KnownAsync(Hash hash, long length, CancellationToken cancellation)
    {
        memory.Keep(hash);
        Count(hash, length);
        return RecordAsync(RecordKind.Known, _hash, cancellation);
    }

    public async ValueTask EndPartAsync(CancellationToken cancellation)
    {
        await RecordAsync(RecordKind.PartEnd, _part!.GetHashAndReset(), cancellation); // Between begin and end.
        _part.Dispose();
        _part = null;
    }

    public async Task FinishAsync(CancellationToken cancellation)
    {
        var totals = JsonSerializer.SerializeToUtf8Bytes(Totals, Manifest.Json);
        await RecordAsync(RecordKind.Totals, totals, cancellation);
        await file.FinishAsync(cancellation);
    }

    private void Count(Hash hash, long length)
    {
        hash.CopyTo(_hash);
        _part!.AppendData(_hash); // Pieces stand between begin and end of a part.
        _pieces++;
        _bytes += length;
    }

    private async ValueTask RecordAsync(RecordKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        _head[0] = (byte)kind;
        BinaryPrimitives.WriteInt32BigEndian(_head.AsSpan(1), payload.Length);
        await file.WriteAsync(_head, cancellation);
        await file.WriteAsync(payload, cancellation);
    }
}
