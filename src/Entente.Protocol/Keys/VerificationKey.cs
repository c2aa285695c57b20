using System.Security.Cryptography;

namespace Entente.Protocol;

/// <summary>A partner's public signing key, imported once. Safe to use from several threads: keep it, do not rebuild it.</summary>
public sealed class VerificationKey : IDisposable
{
    private readonly KeyPool<ECDsa> _pool;

    private VerificationKey(Curve curve, string kid, ECDsa key, ECParameters parameters)
    {
        (Curve, Kid) = (curve, kid);
        _pool = new KeyPool<ECDsa>(key, () => ECDsa.Create(parameters));
    }

    public Curve Curve { get; }

    public string Kid { get; }

    public static Opened<VerificationKey> From(Jwk jwk)
    {
        var read = jwk.Parameters();
        if (!read.Ok)
            return read.Refusal;
        try
        {
            var (curve, key) = read.Value;
            return new VerificationKey(curve, jwk.Thumbprint, ECDsa.Create(key), key);
        }
        catch (CryptographicException)
        {
            return Refusal.Malformed("The key is not a point on its curve.");
        }
    }

    public void Dispose() => _pool.Dispose();

    internal bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 2 * Curve.FieldSize())
            return false;
        using var lease = _pool.Rent();
        return lease.Key.VerifyData(data, signature, Curve.Digest());
    }
}
