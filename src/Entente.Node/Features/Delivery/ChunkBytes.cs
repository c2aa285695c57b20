using System.Buffers;

namespace Entente.Node.Features.Delivery;

/// <summary>A sealed chunk in rented memory: a file of gigabytes passes through a few of these.</summary>
internal readonly struct ChunkBytes(byte[] rented, int length) : IDisposable
{
    public Memory<byte> Bytes => rented.AsMemory(0, length);

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);
}
