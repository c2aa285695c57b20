using System.Security.Cryptography;
using System.Text;

namespace Entente.Protocol;

internal static class EnvelopeReading
{
    private const byte LineBreak = (byte)'\n';

    public static Opened<OpenedEnvelope> Open(
        ReadOnlySpan<byte> jwe,
        AgreementKey receiver,
        VerificationKey sender,
        NodeId from,
        NodeId to
    )
    {
        if (jwe.Length > Envelope.MaxBytes)
            return new Refusal(Reason.TooLarge, "The envelope is larger than 8 MiB.");
        Span<Range> parts = stackalloc Range[5];
        if (!Compact.TrySplit(jwe, parts))
            return Refusal.Malformed("A compact JWE has five parts.");
        var header = JoseHeader.Read(jwe[parts[0]]);
        if (!header.Ok)
            return header.Refusal;
        if ((CheckAlgorithms(header.Value, receiver) ?? CheckNames(header.Value, receiver, from, to)) is { } refusal)
            return refusal;
        var content = Decrypt(jwe, parts, header.Value, receiver, from, to);
        return content.Ok ? Unpack(Hash.Of(jwe), content.Value, sender, from, to) : content.Refusal;
    }

    private static Refusal? CheckAlgorithms(JoseHeader header, AgreementKey receiver)
    {
        if (header.Alg != Envelope.Algorithm || header.Enc != Envelope.Encryption)
            return Refusal.Malformed("Only ECDH-ES with A256GCM is accepted.");
        if (header.Cty != Envelope.ContentType)
            return Refusal.Malformed("The JWE does not hold an envelope.");
        return header.Epk is { Curve: { } curve } && curve == receiver.Curve
            ? null
            : Refusal.Malformed("The ephemeral key is not on the receiver's curve.");
    }

    private static Refusal? CheckNames(JoseHeader header, AgreementKey receiver, NodeId from, NodeId to)
    {
        if (header.Kid != receiver.Kid)
            return new Refusal(Reason.WrongRecipient, "The envelope is sealed to another key.");
        return header.Apu == Name(from) && header.Apv == Name(to)
            ? null
            : new Refusal(Reason.WrongRecipient, "The envelope is of another link.");
    }

    private static string Name(NodeId node) => Base64.Encode(Encoding.ASCII.GetBytes(node.ToString()));

    private static Opened<byte[]> Decrypt(
        ReadOnlySpan<byte> jwe,
        ReadOnlySpan<Range> parts,
        JoseHeader header,
        AgreementKey receiver,
        NodeId from,
        NodeId to
    )
    {
        Span<byte> nonce = stackalloc byte[Envelope.NonceSize];
        Span<byte> tag = stackalloc byte[Envelope.TagSize];
        if (
            !jwe[parts[1]].IsEmpty
            || !Base64.TryDecode(jwe[parts[2]], nonce)
            || !Base64.TryDecode(jwe[parts[4]], tag)
            || !Base64.TryDecode(jwe[parts[3]], out var content)
        )
            return Refusal.Malformed("A part of the JWE has the wrong form or length.");
        var ephemeral = header.Epk!.Parameters(); // checked by CheckAlgorithms
        if (!ephemeral.Ok)
            return ephemeral.Refusal;
        if (receiver.Agree(ephemeral.Value.Key) is not { } secret)
            return Refusal.Malformed("The ephemeral key is not a point on its curve.");

        Span<byte> key = stackalloc byte[Envelope.KeySize];
        Envelope.DeriveKey(secret, from, to, key);
        using var cipher = new AesGcm(key, Envelope.TagSize);
        CryptographicOperations.ZeroMemory(key);
        try
        {
            cipher.Decrypt(nonce, content, tag, content, jwe[parts[0]]);
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return Refusal.Malformed("The envelope is altered.");
        }
    }

    private static Opened<OpenedEnvelope> Unpack(
        Hash sha256,
        byte[] content,
        VerificationKey sender,
        NodeId from,
        NodeId to
    )
    {
        var end = content.AsSpan().IndexOf(LineBreak);
        if (end < 0 || content[^1] != LineBreak)
            return Refusal.Malformed("The envelope's lines are not ended.");
        var batch = Batch.Open(content.AsSpan(0, end), sender);
        if (!batch.Ok)
            return batch.Refusal;
        if (batch.Value.From != from || batch.Value.To != to)
            return new Refusal(Reason.WrongRecipient, "The signed batch is of another link.");
        var lines = Lines(content.AsMemory(end + 1), batch.Value.Count);
        if (lines is null)
            return Refusal.Malformed("The envelope does not hold as many messages as its signature says.");
        var leaves = Envelope.Leaves(lines);
        if (MerkleTree.Root(leaves) != batch.Value.Root)
            return new Refusal(Reason.BadSignature, "The messages are not the ones that were signed.");
        var jws = Encoding.ASCII.GetString(content, 0, end);
        return new OpenedEnvelope(sha256, batch.Value, jws, lines) { Leaves = leaves };
    }

    private static ReadOnlyMemory<byte>[]? Lines(ReadOnlyMemory<byte> content, int count)
    {
        var lines = new ReadOnlyMemory<byte>[count];
        for (var i = 0; i < count; i++)
        {
            var end = content.Span.IndexOf(LineBreak);
            if (end < 1)
                return null;
            lines[i] = content[..end];
            content = content[(end + 1)..];
        }
        return content.IsEmpty ? lines : null;
    }
}
