using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>A partner's public key-agreement key, imported once. Safe to use from several threads.</summary>
public sealed class PublicAgreementKey : IDisposable
{
    private readonly KeyPool<ECDiffieHellman> _pool;

    private PublicAgreementKey(Curve curve, string kid, ECDiffieHellman key, ECParameters parameters)
    {
        (Curve, Kid) = (curve, kid);
        _pool = new KeyPool<ECDiffieHellman>(key, () => ECDiffieHellman.Create(parameters));
    }

    public Curve Curve { get; }

    public string Kid { get; }

    public static Opened<PublicAgreementKey> From(Jwk jwk)
    {
        var read = jwk.Parameters();
        if (!read.Ok)
            return read.Refusal;
        try
        {
            var (curve, key) = read.Value;
            return new PublicAgreementKey(curve, jwk.Thumbprint, ECDiffieHellman.Create(key), key);
        }
        catch (CryptographicException)
        {
            return Refusal.Malformed("The key is not a point on its curve.");
        }
    }

    public void Dispose() => _pool.Dispose();

    /// <summary>A fresh ephemeral key and the secret it shares with this one.</summary>
    internal (Jwk Ephemeral, byte[] Secret) Agree()
    {
        using var ephemeral = ECDiffieHellman.Create(Curve.Parameters());
        using var lease = _pool.Rent();
        using var other = lease.Key.PublicKey;
        var secret = ephemeral.DeriveRawSecretAgreement(other);
        return (Jwk.From(ephemeral.ExportParameters(includePrivateParameters: false), Curve, use: null), secret);
    }
}
