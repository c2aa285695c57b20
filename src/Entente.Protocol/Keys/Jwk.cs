using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>An elliptic-curve public key as RFC 7517 writes it. Never carries a private part.</summary>
public sealed record Jwk(string Kty, string Crv, string X, string Y, string? Use = null, string? Kid = null)
{
    [JsonIgnore]
    public Curve? Curve => Kty == "EC" ? Curves.FromName(Crv) : null;

    /// <summary>RFC 7638: SHA-256 over the required members in order, base64url.</summary>
    [JsonIgnore]
    public string Thumbprint =>
        Base64.Encode(
            SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"{{Crv}}","kty":"{{Kty}}","x":"{{X}}","y":"{{Y}}"}"""))
        );

    internal static Jwk From(ECParameters key, Curve curve, string? use)
    {
        var jwk = new Jwk("EC", curve.Name(), Base64.Encode(key.Q.X), Base64.Encode(key.Q.Y), use);
        return use is null ? jwk : jwk with { Kid = jwk.Thumbprint };
    }

    /// <summary>Coordinates of exactly the field's length; whether the point is on the curve is checked at import.</summary>
    internal Opened<ECParametersOf> Parameters()
    {
        if (Curve is not { } curve)
            return Refusal.Malformed("Only EC keys on P-256 or P-384 are used.");
        var (x, y) = (new byte[curve.FieldSize()], new byte[curve.FieldSize()]);
        if (
            !Base64.TryDecode(Encoding.UTF8.GetBytes(X), x.AsSpan())
            || !Base64.TryDecode(Encoding.UTF8.GetBytes(Y), y.AsSpan())
        )
            return Refusal.Malformed("A key's coordinates have the wrong length or form.");
        var key = new ECParameters
        {
            Curve = curve.Parameters(),
            Q = new ECPoint { X = x, Y = y },
        };
        return new ECParametersOf(curve, key);
    }

    internal sealed record ECParametersOf(Curve Curve, ECParameters Key);
}
