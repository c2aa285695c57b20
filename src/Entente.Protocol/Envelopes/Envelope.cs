using System.Security.Cryptography;
using System.Text;

namespace Entente.Protocol;

/// <summary>
/// 1 to 256 messages of one direction of a link, signed once and encrypted once (ECDH-ES with A256GCM under a fresh
/// ephemeral key). Static and pure: safe from any thread.
/// </summary>
public static class Envelope
{
    public const int MaxMessages = 256;

    /// <summary>The whole JWE, in bytes.</summary>
    public const int MaxBytes = 8 * 1024 * 1024;

    /// <summary>Message lines, each with its line break, that fit whatever the names and keys are.</summary>
    public const int MaxContent = (6 * 1024 * 1024) - (16 * 1024);

    internal const string Algorithm = "ECDH-ES";
    internal const string Encryption = "A256GCM";
    internal const string ContentType = "entente-batch";
    internal const int TagSize = 16;
    internal const int NonceSize = 12;
    internal const int KeySize = 32;

    /// <summary>
    /// Seals lines made by <see cref="Message.ToLine"/> with consecutive <c>seq</c> from <paramref name="first"/>.
    /// <paramref name="prev"/> is the hash of the previous envelope of this direction, or <see cref="Hash.Zero"/>.
    /// </summary>
    public static SealedEnvelope Seal(
        IReadOnlyList<ReadOnlyMemory<byte>> lines,
        NodeId from,
        NodeId to,
        long first,
        Hash prev,
        DateTimeOffset at,
        SigningKey signer,
        PublicAgreementKey receiver
    )
    {
        CheckLines(lines);
        var batch = new Batch(from, to, first, lines.Count, Root(lines), prev, at);
        var jws = batch.Sign(signer);
        var jwe = EnvelopeWriting.Encrypt(jws, lines, from, to, receiver);
        return new SealedEnvelope(jwe, Hash.Of(jwe), jws, batch.Root);
    }

    /// <summary>
    /// Opens what a partner sent: algorithms first, then recipient, then decryption, signature and root. Refuses with
    /// the reason that goes back on the wire; never throws on any bytes.
    /// </summary>
    public static Opened<OpenedEnvelope> Open(
        ReadOnlySpan<byte> jwe,
        AgreementKey receiver,
        VerificationKey sender,
        NodeId from,
        NodeId to
    ) => EnvelopeReading.Open(jwe, receiver, sender, from, to);

    /// <summary>The <c>kid</c> of the key that a JWE is meant for: to choose among current and rotated keys.</summary>
    public static string? RecipientKid(ReadOnlySpan<byte> jwe) =>
        jwe.IndexOf((byte)'.') is var dot and > 0 && JoseHeader.Read(jwe[..dot]) is { Ok: true, Value: var header }
            ? header.Kid
            : null;

    public static Hash Root(IReadOnlyList<ReadOnlyMemory<byte>> lines) => MerkleTree.Root(Leaves(lines));

    public static IReadOnlyList<Hash> InclusionPath(IReadOnlyList<ReadOnlyMemory<byte>> lines, int index) =>
        MerkleTree.InclusionProof(MerkleLeaves.Of(Leaves(lines)), index, lines.Count);

    internal static Hash[] Leaves(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        var leaves = new Hash[lines.Count];
        for (var i = 0; i < leaves.Length; i++)
            leaves[i] = MerkleTree.LeafHash(lines[i].Span);
        return leaves;
    }

    /// <summary>The content key, from the agreed secret and the two names.</summary>
    internal static void DeriveKey(byte[] secret, NodeId from, NodeId to, Span<byte> key)
    {
        ConcatKdf.Derive(
            secret,
            "A256GCM"u8,
            Encoding.ASCII.GetBytes(from.ToString()),
            Encoding.ASCII.GetBytes(to.ToString()),
            key
        );
        CryptographicOperations.ZeroMemory(secret);
    }

    private static void CheckLines(IReadOnlyList<ReadOnlyMemory<byte>> lines)
    {
        if (lines.Count is < 1 or > MaxMessages)
            throw new ArgumentException("An envelope holds 1 to 256 messages.", nameof(lines));
        long content = lines.Count;
        foreach (var line in lines)
        {
            if (line.IsEmpty || line.Span.Contains((byte)'\n'))
                throw new ArgumentException("A message is one line.", nameof(lines));
            content += line.Length;
        }
        if (content > MaxContent)
            throw new ArgumentException($"An envelope holds at most {MaxContent} bytes of messages.", nameof(lines));
    }
}
