using System.Security.Cryptography;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>Trust in a certificate is that it is the very one on the partner's card; no authority vouches for it.</summary>
internal static class CertificatePin
{
    public static bool Matches(Hash expected, Hash shown)
    {
        Span<byte> a = stackalloc byte[Hash.Size];
        Span<byte> b = stackalloc byte[Hash.Size];
        expected.CopyTo(a);
        shown.CopyTo(b);
        return CryptographicOperations.FixedTimeEquals(a, b);
    }
}
