using System.Security.Cryptography;

namespace Entente.Node.Features.Accounts;

/// <summary>Secrets made for people to copy once: no look-alike letters, in groups of four.</summary>
internal static class GeneratedSecret
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>`k7qm-…`, five groups: 99 bits.</summary>
    public static string Password() => Groups(5);

    /// <summary>Three groups, 59 bits, good once.</summary>
    public static string RecoveryCode() => Groups(3);

    /// <summary>Unguessable, for cookies and stamps.</summary>
    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string Groups(int count) =>
        string.Join('-', Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));
}
