using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>
/// A large file in chunks of 1 MiB, each AES-256-GCM on its own: nonce = the 8-byte prefix and the chunk's number as 4
/// bytes big-endian; additional data = the attachment's id (16 bytes, RFC 9562 order), the number (4 bytes) and 1 for
/// the last chunk, 0 otherwise; the tag follows the ciphertext. A chunk moved, cut off or passed to another file fails.
/// </summary>
public static class AttachmentChunks
{
    public const int ChunkSize = 1024 * 1024;
    public const int TagSize = 16;
    internal const int KeySize = 32;
    internal const int PrefixSize = 8;
    private const int NonceSize = 12;
    private const int ContextSize = 21;

    /// <summary>How many chunks a file has; an empty file has one, empty.</summary>
    public static long Count(long size) => ((size - 1) / ChunkSize) + 1;

    public static byte[] Seal(ReadOnlySpan<byte> chunk, AttachmentKey key, Guid id, uint number, bool last)
    {
        if (chunk.Length > ChunkSize)
            throw new ArgumentException("A chunk is at most 1 MiB.", nameof(chunk));
        var sealedChunk = new byte[chunk.Length + TagSize];
        Span<byte> nonce = stackalloc byte[NonceSize];
        Span<byte> context = stackalloc byte[ContextSize];
        Write(nonce, context, key, id, number, last);
        using var cipher = new AesGcm(key.Key, TagSize);
        cipher.Encrypt(nonce, chunk, sealedChunk.AsSpan(0, chunk.Length), sealedChunk.AsSpan(chunk.Length), context);
        return sealedChunk;
    }

    public static Opened<byte[]> Open(
        ReadOnlySpan<byte> sealedChunk,
        AttachmentKey key,
        Guid id,
        uint number,
        bool last
    )
    {
        byte[] chunk = [.. sealedChunk];
        return OpenInPlace(chunk, key, id, number, last) is { } refusal ? refusal : chunk[..^TagSize];
    }

    /// <summary>
    /// The same without a copy: what is before the tag becomes the content. Null when it opened; otherwise nothing of the
    /// buffer may be used.
    /// </summary>
    public static Refusal? OpenInPlace(Span<byte> sealedChunk, AttachmentKey key, Guid id, uint number, bool last)
    {
        var size = sealedChunk.Length - TagSize;
        if (size > ChunkSize)
            return new Refusal(Reason.TooLarge, "A chunk is at most 1 MiB.");
        if (size < 0 || (!last && size != ChunkSize))
            return Refusal.Malformed("Only the last chunk may be shorter than 1 MiB.");
        if (key.Key.Length != KeySize || key.Prefix.Length != PrefixSize)
            return Refusal.Malformed("An attachment key has 32 bytes and its prefix 8.");
        Span<byte> nonce = stackalloc byte[NonceSize];
        Span<byte> context = stackalloc byte[ContextSize];
        Write(nonce, context, key, id, number, last);
        using var cipher = new AesGcm(key.Key, TagSize);
        try
        {
            cipher.Decrypt(nonce, sealedChunk[..size], sealedChunk[size..], sealedChunk[..size], context);
            return null;
        }
        catch (AuthenticationTagMismatchException)
        {
            return new Refusal(Reason.BadSignature, "The chunk is altered, out of its place or of another file.");
        }
    }

    private static void Write(Span<byte> nonce, Span<byte> context, AttachmentKey key, Guid id, uint number, bool last)
    {
        key.Prefix.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[PrefixSize..], number);
        id.TryWriteBytes(context, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(context[16..], number);
        context[20] = last ? (byte)1 : (byte)0;
    }
}
