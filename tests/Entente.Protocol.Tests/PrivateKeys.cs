using System.Security.Cryptography;
using System.Text;

namespace Entente.Protocol.Tests;

/// <summary>Private keys to and from JWK, as the independent tools need them. The library itself never writes one so.</summary>
internal static class PrivateKeys
{
    public static AgreementKey Agreement(Jwk jwk, string d)
    {
        using var key = ECDiffieHellman.Create(Parameters(jwk, d));
        return AgreementKey.ImportPkcs8(key.ExportPkcs8PrivateKey());
    }

    public static SigningKey Signing(Jwk jwk, string d)
    {
        using var key = ECDsa.Create(Parameters(jwk, d));
        return SigningKey.ImportPkcs8(key.ExportPkcs8PrivateKey());
    }

    public static string ToJwk(AgreementKey key) => ToJwk(key.PublicJwk, key.ExportPkcs8());

    public static string ToJwk(SigningKey key) => ToJwk(key.PublicJwk, key.ExportPkcs8());

    private static string ToJwk(Jwk jwk, byte[] pkcs8)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(pkcs8, out _);
        var d = Base64.Encode(key.ExportParameters(includePrivateParameters: true).D);
        return $$"""{"kty":"EC","crv":"{{jwk.Crv}}","x":"{{jwk.X}}","y":"{{jwk.Y}}","d":"{{d}}"}""";
    }

    private static ECParameters Parameters(Jwk jwk, string d)
    {
        Base64.TryDecode(Encoding.ASCII.GetBytes(d), out var secret).ShouldBeTrue();
        return jwk.Parameters().Required().Key with { D = secret };
    }
}
