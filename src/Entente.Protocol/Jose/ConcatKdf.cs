using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>The key derivation of RFC 7518 §4.6.2 for one 256-bit key or less: a single SHA-256 round.</summary>
internal static class ConcatKdf
{
    public static void Derive(
        ReadOnlySpan<byte> secret,
        ReadOnlySpan<byte> algorithm,
        ReadOnlySpan<byte> partyU,
        ReadOnlySpan<byte> partyV,
        Span<byte> key
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendNumber(hash, 1);
        hash.AppendData(secret);
        AppendField(hash, algorithm);
        AppendField(hash, partyU);
        AppendField(hash, partyV);
        AppendNumber(hash, key.Length * 8);
        Span<byte> digest = stackalloc byte[Hash.Size];
        hash.GetHashAndReset(digest);
        digest[..key.Length].CopyTo(key);
        CryptographicOperations.ZeroMemory(digest);
    }

    private static void AppendField(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        AppendNumber(hash, field.Length);
        hash.AppendData(field);
    }

    private static void AppendNumber(IncrementalHash hash, int number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
