using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>The key of one attachment, 256 bits, and the 8 bytes that begin each of its nonces. One key, one file.</summary>
public sealed record AttachmentKey(byte[] Key, byte[] Prefix)
{
    public static AttachmentKey Create() =>
        new(
            RandomNumberGenerator.GetBytes(AttachmentChunks.KeySize),
            RandomNumberGenerator.GetBytes(AttachmentChunks.PrefixSize)
        );
}
