using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>A node's private key-agreement key (ECDH-ES). Safe to use from several threads.</summary>
public sealed class AgreementKey : IDisposable
{
    private readonly KeyPool<ECDiffieHellman> _pool;

    private AgreementKey(ECDiffieHellman key)
    {
        Curve = Curves.FromKeySize(key.KeySize);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        PublicJwk = Jwk.From(parameters, Curve, "enc");
        _pool = new KeyPool<ECDiffieHellman>(key, () => ECDiffieHellman.Create(parameters));
    }

    public Curve Curve { get; }

    public Jwk PublicJwk { get; }

    public string Kid => PublicJwk.Kid!; // set for every key with a use

    public static AgreementKey Create(Curve curve = Curve.P256) => new(ECDiffieHellman.Create(curve.Parameters()));

    /// <summary>Throws <see cref="CryptographicException"/> on bytes that are not such a key: they are the operator's own.</summary>
    public static AgreementKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return new AgreementKey(key);
        }
        catch (CryptographicException)
        {
            key.Dispose();
            throw;
        }
    }

    public byte[] ExportPkcs8()
    {
        using var lease = _pool.Rent();
        return lease.Key.ExportPkcs8PrivateKey();
    }

    public PublicAgreementKey PublicKey() => PublicAgreementKey.From(PublicJwk).Required();

    public void Dispose() => _pool.Dispose();

    /// <summary>The shared secret with an ephemeral key of the other side, or null when that is no point of our curve.</summary>
    internal byte[]? Agree(ECParameters ephemeral)
    {
        try
        {
            using var other = ECDiffieHellman.Create(ephemeral);
            using var lease = _pool.Rent();
            using var otherPublic = other.PublicKey;
            return lease.Key.DeriveRawSecretAgreement(otherPublic);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
