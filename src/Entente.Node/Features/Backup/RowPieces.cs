using System.Buffers.Binary;

namespace Entente.Node.Features.Backup;

/// <summary>
/// Cuts PostgreSQL's binary COPY into pieces. The cut depends on the rows themselves, not on where they stand, so that a row
/// put in between changes the piece it is in and no other.
/// </summary>
/// <remarks>
/// After a header of 19 bytes each row is an Int16 of fields and for each field an Int32 of length (-1 is null) and its bytes;
/// -1 in place of the fields ends the table.
/// </remarks>
internal sealed class RowPieces(Stream copy, Func<ReadOnlyMemory<byte>, ValueTask> emit)
{
    private const int HeaderSize = 19;
    private const int Least = 32 * 1024;
    private const int Most = 1 << 20;

    // One row in 32 may end a piece once it is long enough.
    private const uint OneIn32 = 0xF8000000;
    private readonly byte[] _input = new byte[64 * 1024];
    private readonly byte[] _piece = new byte[Most];
    private int _read;
    private int _end;
    private int _length;

    public async Task RunAsync(CancellationToken cancellation)
    {
        await TakeAsync(HeaderSize, cancellation);
        while (await NumberAsync(2, cancellation) is var fields and >= 0)
        {
            var mark = 2166136261;
            for (var field = 0; field < fields; field++)
            {
                var size = await NumberAsync(4, cancellation);
                if (size > 0)
                {
                    mark = await FieldAsync(size, mark, first: field == 0, cancellation);
                }
            }

            if (_length >= Least && (mark * 2654435761 & OneIn32) == 0)
            {
                await EmitAsync();
            }
        }

        await EmitAsync();
    }

    /// <summary>The first field is the beginning of the primary key: it decides where a piece may end.</summary>
    private async ValueTask<uint> FieldAsync(int size, uint mark, bool first, CancellationToken cancellation)
    {
        if (!first || size > 64)
        {
            await TakeAsync(size, cancellation);
            return mark;
        }

        await FillAsync(size, cancellation);
        foreach (var b in _input.AsSpan(_read, size))
        {
            mark = (mark ^ b) * 16777619;
        }

        await TakeAsync(size, cancellation);
        return mark;
    }

    private async ValueTask<int> NumberAsync(int size, CancellationToken cancellation)
    {
        await FillAsync(size, cancellation);
        var bytes = _input.AsSpan(_read, size);
        var number =
            size == 2 ? BinaryPrimitives.ReadInt16BigEndian(bytes) : BinaryPrimitives.ReadInt32BigEndian(bytes);
        await TakeAsync(size, cancellation);
        return number;
    }

    private async ValueTask TakeAsync(int size, CancellationToken cancellation)
    {
        while (size > 0)
        {
            await FillAsync(1, cancellation);
            if (_length == Most)
            {
                await EmitAsync();
            }

            var part = Math.Min(Math.Min(size, _end - _read), Most - _length);
            _input.AsSpan(_read, part).CopyTo(_piece.AsSpan(_length));
            _read += part;
            _length += part;
            size -= part;
        }
    }

    /// <summary>At least so many bytes stand ready to be read.</summary>
    private async ValueTask FillAsync(int size, CancellationToken cancellation)
    {
        if (_end - _read >= size)
        {
            return;
        }

        _input.AsSpan(_read, _end - _read).CopyTo(_input);
        (_end, _read) = (_end - _read, 0);
        while (_end < size)
        {
            var more = await copy.ReadAsync(_input.AsMemory(_end), cancellation);
            _end += more > 0 ? more : throw new EndOfStreamException();
        }
    }

    private async ValueTask EmitAsync()
    {
        if (_length > 0)
        {
            await emit(_piece.AsMemory(0, _length));
            _length = 0;
        }
    }
}
