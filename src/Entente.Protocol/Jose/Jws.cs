using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Entente.Protocol;

/// <summary>
/// Compact JWS (RFC 7515) with ES256 or ES384: the algorithm is the key's, never the header's choice; the type is
/// always stated and checked, so that nothing signed for one use can serve another.
/// </summary>
public static class Jws
{
    public const int MaxLength = 1024 * 1024;
    private const byte Dot = (byte)'.';

    public static string Sign(ReadOnlySpan<byte> payload, string typ, SigningKey key)
    {
        var header = Encoding.UTF8.GetBytes(
            $$"""{"alg":"{{key.Curve.Algorithm()}}","kid":"{{key.Kid}}","typ":"{{typ}}"}"""
        );
        Span<byte> signature = stackalloc byte[key.SignatureSize];
        var input = Base64.EncodedLength(header.Length) + 1 + Base64.EncodedLength(payload.Length);
        var length = input + 1 + Base64.EncodedLength(signature.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length);
        var text = rented.AsSpan(0, length);

        var end = Base64Url.EncodeToUtf8(header, text);
        text[end++] = Dot;
        Base64Url.EncodeToUtf8(payload, text[end..]);
        key.Sign(text[..input], signature);
        text[input] = Dot;
        Base64Url.EncodeToUtf8(signature, text[(input + 1)..]);

        var jws = Encoding.ASCII.GetString(text);
        ArrayPool<byte>.Shared.Return(rented);
        return jws;
    }

    public static Opened<byte[]> Open(string jws, string typ, VerificationKey key) =>
        Open(Encoding.UTF8.GetBytes(jws), typ, key);

    public static Opened<byte[]> Open(ReadOnlySpan<byte> jws, string typ, VerificationKey key)
    {
        var read = Unverified.Read(jws, typ);
        if (!read.Ok)
            return read.Refusal;
        var refusal = read.Value.Check(key);
        return refusal is null ? read.Value.Payload : refusal;
    }

    /// <summary>A JWS taken apart and not yet believed: needed where the key is inside, as in a link card.</summary>
    internal sealed class Unverified
    {
        private readonly byte[] _input;
        private readonly byte[] _signature;

        private Unverified(JoseHeader header, byte[] payload, byte[] input, byte[] signature) =>
            (Header, Payload, _input, _signature) = (header, payload, input, signature);

        public JoseHeader Header { get; }

        public byte[] Payload { get; }

        public static Opened<Unverified> Read(ReadOnlySpan<byte> jws, string typ)
        {
            if (jws.Length > MaxLength)
                return new Refusal(Reason.TooLarge, "The JWS is longer than 1 MiB.");
            Span<Range> parts = stackalloc Range[3];
            if (!Compact.TrySplit(jws, parts))
                return Refusal.Malformed("A compact JWS has three parts.");
            var header = JoseHeader.Read(jws[parts[0]]);
            if (!header.Ok)
                return header.Refusal;
            if (header.Value.Alg is not ("ES256" or "ES384"))
                return Refusal.Malformed("Only ES256 and ES384 are accepted.");
            if (header.Value.Typ != typ)
                return Refusal.Malformed($"The JWS is not of type {typ}.");
            return
                Base64.TryDecode(jws[parts[1]], out var payload) && Base64.TryDecode(jws[parts[2]], out var signature)
                ? new Unverified(header.Value, payload, jws[..parts[1].End].ToArray(), signature)
                : Refusal.Malformed("A part of the JWS is not base64url.");
        }

        public Refusal? Check(VerificationKey key)
        {
            if (Header.Alg != key.Curve.Algorithm() || Header.Kid != key.Kid)
                return new Refusal(Reason.BadSignature, "The JWS names another key.");
            return key.Verify(_input, _signature)
                ? null
                : new Refusal(Reason.BadSignature, "The signature does not match.");
        }
    }
}
