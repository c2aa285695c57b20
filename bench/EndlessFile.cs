using System.Buffers.Binary;

namespace Entente.Bench;

/// <summary>So many bytes that no compression would shorten, made as they are read.</summary>
internal sealed class EndlessFile(long length) : Stream
{
    private ulong _state = 88172645463325252;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, length - _position);
        var whole = buffer[..count];
        while (whole.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(whole, Next());
            whole = whole[sizeof(ulong)..];
        }

        whole.Fill((byte)Next());
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private ulong Next()
    {
        _state ^= _state << 13;
        _state ^= _state >> 7;
        return _state ^= _state << 17;
    }
}
