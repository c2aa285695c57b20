using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Entente.Node.Features.Accounts;

/// <summary>Time-based one-time codes: RFC 6238, SHA-1, 30 seconds, six digits, as every authenticator has them.</summary>
internal static class Totp
{
    public const int StepSeconds = 30;

    public static string NewSecret() => Base32.Encode(RandomNumberGenerator.GetBytes(20));

    public static long Step(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    public static string Code(string secret, DateTimeOffset at) => Code(Base32.Decode(secret), Step(at), 6);

    public static string Code(ReadOnlySpan<byte> secret, long step, int digits)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[20];
#pragma warning disable CA5350 // RFC 6238's default and what authenticators implement; HMAC-SHA-1 is not broken.
        HMACSHA1.HashData(secret, counter, mac);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(mac[(mac[19] & 15)..]) & 0x7fffffff;
        return (number % (int)Math.Pow(10, digits)).ToString("D" + digits, CultureInfo.InvariantCulture);
    }

    /// <summary>The step whose code this is, one step of clock difference allowed either way; null where it is none.</summary>
    public static long? Match(string secret, string code, DateTimeOffset at)
    {
        var key = Base32.Decode(secret);
        long? match = null;
        // All three are always computed: the time taken tells nothing.
        for (var step = Step(at) - 1; step <= Step(at) + 1; step++)
        {
            if (
                CryptographicOperations.FixedTimeEquals(
                    System.Text.Encoding.ASCII.GetBytes(Code(key, step, 6)),
                    System.Text.Encoding.ASCII.GetBytes(code)
                )
            )
            {
                match = step;
            }
        }

        return match;
    }

    /// <summary>What an authenticator reads from the QR code.</summary>
    public static string Uri(string node, string login, string secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString($"Entente {node}:{login}")}?secret={secret}&issuer={System.Uri.EscapeDataString($"Entente {node}")}";
}
