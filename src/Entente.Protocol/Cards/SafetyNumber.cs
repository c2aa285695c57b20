using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Entente.Protocol;

/// <summary>
/// Sixty digits that two security officers read to each other: the same on both sides only if both hold the same two
/// signing keys.
/// </summary>
public static class SafetyNumber
{
    private const int Groups = 12;
    private const int BitsPerGroup = 20;

    public static string Of(LinkCard a, LinkCard b) => Of(a.SigningJwk.Thumbprint, b.SigningJwk.Thumbprint);

    public static string Of(string thumbprintA, string thumbprintB)
    {
        var sorted =
            string.CompareOrdinal(thumbprintA, thumbprintB) <= 0
                ? $"{thumbprintA}\n{thumbprintB}"
                : $"{thumbprintB}\n{thumbprintA}";
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(sorted));
        return string.Join(' ', Enumerable.Range(0, Groups).Select(group => Group(digest, group * BitsPerGroup)));
    }

    private static string Group(ReadOnlySpan<byte> digest, int bit)
    {
        // Twenty bits start at a byte or in its middle; three bytes always hold them.
        var three = (digest[bit / 8] << 16) | (digest[(bit / 8) + 1] << 8) | digest[(bit / 8) + 2];
        var twenty = (three >> (4 - (bit % 8))) & 0xfffff;
        return (twenty % 100_000).ToString("D5", CultureInfo.InvariantCulture);
    }
}
