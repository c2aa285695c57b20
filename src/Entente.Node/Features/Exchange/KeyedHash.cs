using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// HMAC-SHA-256 (RFC 2104) of short texts under one key. The platform's own call sets up and takes down a context for
/// every text, which costs fifteen times as much as the two hashes that it is made of. Safe from any thread.
/// </summary>
internal sealed class KeyedHash
{
    public const int Size = SHA256.HashSizeInBytes;
    private const int Block = 64;
    private const int OnStack = 512;

    private readonly byte[] _inner = new byte[Block];
    private readonly byte[] _outer = new byte[Block];

    /// <param name="key">At most a block of 64 bytes.</param>
    public KeyedHash(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, Block, nameof(key));
        for (var i = 0; i < Block; i++)
        {
            var piece = i < key.Length ? key[i] : (byte)0;
            _inner[i] = (byte)(piece ^ 0x36);
            _outer[i] = (byte)(piece ^ 0x5c);
        }
    }

    /// <param name="hash">Gets <see cref="Size"/> bytes.</param>
    public void Of(ReadOnlySpan<char> text, Span<byte> hash)
    {
        var most = Block + Encoding.UTF8.GetMaxByteCount(text.Length);
        var rented = most > OnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var bytes = rented ?? stackalloc byte[OnStack];
        _inner.CopyTo(bytes);
        var length = Block + Encoding.UTF8.GetBytes(text, bytes[Block..]);
        Span<byte> second = stackalloc byte[Block + Size];
        _outer.CopyTo(second);
        SHA256.HashData(bytes[..length], second[Block..]);
        SHA256.HashData(second, hash);
        CryptographicOperations.ZeroMemory(bytes[..length]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
