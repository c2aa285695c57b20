using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Protocol;

internal static class EnvelopeWriting
{
    /// <summary>header '.' (no encrypted key) '.' nonce '.' ciphertext '.' tag, each base64url.</summary>
    public static byte[] Encrypt(
        string batchJws,
        IReadOnlyList<ReadOnlyMemory<byte>> lines,
        NodeId from,
        NodeId to,
        PublicAgreementKey receiver
    )
    {
        var (ephemeral, secret) = receiver.Agree();
        var header = Header(ephemeral, receiver.Kid, from, to);
        var size = batchJws.Length + 1 + lines.Sum(line => line.Length + 1);
        var content = ArrayPool<byte>.Shared.Rent(size);
        WriteLines(batchJws, lines, content);

        Span<byte> key = stackalloc byte[Envelope.KeySize];
        Span<byte> nonce = stackalloc byte[Envelope.NonceSize];
        Span<byte> tag = stackalloc byte[Envelope.TagSize];
        Envelope.DeriveKey(secret, from, to, key);
        RandomNumberGenerator.Fill(nonce);
        using (var cipher = new AesGcm(key, Envelope.TagSize))
            cipher.Encrypt(nonce, content.AsSpan(0, size), content.AsSpan(0, size), tag, header);
        CryptographicOperations.ZeroMemory(key);

        var jwe = Join(header, nonce, content.AsSpan(0, size), tag);
        ArrayPool<byte>.Shared.Return(content);
        return jwe;
    }

    private static byte[] Header(Jwk ephemeral, string kid, NodeId from, NodeId to)
    {
        var apu = Base64.Encode(Encoding.ASCII.GetBytes(from.ToString()));
        var apv = Base64.Encode(Encoding.ASCII.GetBytes(to.ToString()));
        var epk = $$"""{"kty":"EC","crv":"{{ephemeral.Crv}}","x":"{{ephemeral.X}}","y":"{{ephemeral.Y}}"}""";
        var json =
            $$"""{"alg":"ECDH-ES","enc":"A256GCM","kid":"{{kid}}","cty":"entente-batch","epk":{{epk}},"apu":"{{apu}}","apv":"{{apv}}"}""";
        return Base64Url.EncodeToUtf8(Encoding.ASCII.GetBytes(json));
    }

    private static void WriteLines(string batchJws, IReadOnlyList<ReadOnlyMemory<byte>> lines, Span<byte> content)
    {
        var end = Encoding.ASCII.GetBytes(batchJws, content);
        content[end++] = (byte)'\n';
        foreach (var line in lines)
        {
            line.Span.CopyTo(content[end..]);
            end += line.Length;
            content[end++] = (byte)'\n';
        }
    }

    private static byte[] Join(
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> content,
        ReadOnlySpan<byte> tag
    )
    {
        var length =
            header.Length
            + 4
            + Base64.EncodedLength(nonce.Length)
            + Base64.EncodedLength(content.Length)
            + Base64.EncodedLength(tag.Length);
        var jwe = GC.AllocateUninitializedArray<byte>(length); // every byte is written below
        header.CopyTo(jwe);
        var end = header.Length;
        jwe[end++] = (byte)'.';
        jwe[end++] = (byte)'.';
        end += Base64Url.EncodeToUtf8(nonce, jwe.AsSpan(end));
        jwe[end++] = (byte)'.';
        end += Base64Url.EncodeToUtf8(content, jwe.AsSpan(end));
        jwe[end++] = (byte)'.';
        Base64Url.EncodeToUtf8(tag, jwe.AsSpan(end));
        return jwe;
    }
}
