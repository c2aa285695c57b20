using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Entente.Node.Features.Backup;

/// <summary>
/// The sealed part of a backup: segments of 1 MiB, each AES-256-GCM with its number as nonce and bound to the header and to
/// whether it is the last, so that none can be altered, moved, taken away or added.
/// </summary>
internal sealed class Segments(byte[] key, byte[] header) : IDisposable
{
    public const int Size = 1 << 20;
    public const int TagSize = 16;
    private readonly AesGcm _aes = new(key, TagSize);
    private readonly byte[] _header = SHA256.HashData(header);

    /// <summary>Ends every backup, in clear: a file without it is cut short.</summary>
    public static ReadOnlySpan<byte> End => "\nentente-backup-end\n"u8;

    public void Seal(long number, bool last, ReadOnlySpan<byte> plain, Span<byte> output) =>
        _aes.Encrypt(Nonce(number), plain, output[..plain.Length], output[plain.Length..], Bound(number, last));

    /// <returns>Whether it is the segment that was sealed under this number.</returns>
    public bool TryOpen(long number, bool last, ReadOnlySpan<byte> input, Span<byte> plain)
    {
        if (input.Length < TagSize)
        {
            return false;
        }

        try
        {
            _aes.Decrypt(
                Nonce(number),
                input[..^TagSize],
                input[^TagSize..],
                plain[..(input.Length - TagSize)],
                Bound(number, last)
            );
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // The key is of this file alone, so a counter never repeats under it.
    private static byte[] Nonce(long number)
    {
        var nonce = new byte[12];
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(4), number);
        return nonce;
    }

    private byte[] Bound(long number, bool last)
    {
        var bound = new byte[_header.Length + 9];
        _header.CopyTo(bound, 0);
        BinaryPrimitives.WriteInt64BigEndian(bound.AsSpan(_header.Length), number);
        bound[^1] = last ? (byte)1 : (byte)0;
        return bound;
    }

    public void Dispose() => _aes.Dispose();
}
