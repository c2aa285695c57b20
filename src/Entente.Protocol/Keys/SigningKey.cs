using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>A node's private signing key: ES256 on P-256, ES384 on P-384. Safe to use from several threads.</summary>
public sealed class SigningKey : IDisposable
{
    private readonly KeyPool<ECDsa> _pool;

    private SigningKey(ECDsa key)
    {
        Curve = Curves.FromKeySize(key.KeySize);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        PublicJwk = Jwk.From(parameters, Curve, "sig");
        _pool = new KeyPool<ECDsa>(key, () => ECDsa.Create(parameters));
    }

    public Curve Curve { get; }

    public Jwk PublicJwk { get; }

    public string Kid => PublicJwk.Kid!; // set for every key with a use

    internal int SignatureSize => 2 * Curve.FieldSize();

    public static SigningKey Create(Curve curve = Curve.P256) => new(ECDsa.Create(curve.Parameters()));

    /// <summary>Throws <see cref="CryptographicException"/> on bytes that are not such a key: they are the operator's own.</summary>
    public static SigningKey ImportPkcs8(ReadOnlySpan<byte> pkcs8)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportPkcs8PrivateKey(pkcs8, out _);
            return new SigningKey(key);
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

    /// <summary>The public half, for verifying what this key signed.</summary>
    public VerificationKey Verifier() => VerificationKey.From(PublicJwk).Required();

    public void Dispose() => _pool.Dispose();

    internal void Sign(ReadOnlySpan<byte> data, Span<byte> signature)
    {
        using var lease = _pool.Rent();
        if (!lease.Key.TrySignData(data, signature, Curve.Digest(), out _))
            throw new CryptographicException("The signature did not fit.");
    }
}
