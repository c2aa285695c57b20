namespace Entente.Node.Features.Backup;

/// <summary>Writes the segments one after the other; holds one of them in memory, however long the backup.</summary>
internal sealed class SealedWriter(Stream file, Segments segments)
{
    private readonly byte[] _plain = new byte[Segments.Size];
    private readonly byte[] _sealed = new byte[Segments.Size + Segments.TagSize];
    private int _used;
    private long _number;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        while (bytes.Length > 0)
        {
            if (_used == _plain.Length)
            {
                await FlushAsync(last: false, cancellation);
            }

            var part = Math.Min(bytes.Length, _plain.Length - _used);
            bytes[..part].CopyTo(_plain.AsMemory(_used));
            _used += part;
            bytes = bytes[part..];
        }
    }

    public async Task FinishAsync(CancellationToken cancellation)
    {
        await FlushAsync(last: true, cancellation);
        await file.WriteAsync(Segments.End.ToArray(), cancellation);
        await file.FlushAsync(cancellation);
    }

    private async ValueTask FlushAsync(bool last, CancellationToken cancellation)
    {
        var length = _used + Segments.TagSize;
        segments.Seal(_number++, last, _plain.AsSpan(0, _used), _sealed.AsSpan(0, length));
        _used = 0;
        await file.WriteAsync(_sealed.AsMemory(0, length), cancellation);
    }
}
