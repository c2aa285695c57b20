using System.Security.Cryptography;
using System.Text;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Backup;

/// <summary>
/// The key that opens this node's backups. Its public part stays in the node's settings; the private part is written once,
/// to a file that the operator takes away: whoever has the node's machine cannot open its backups.
/// </summary>
internal static class RecoveryKey
{
    /// <summary>Makes a key, writes its private part and returns the public one.</summary>
    public static Jwk Create(string path, string node, DateTimeOffset now)
    {
        using var key = AgreementKey.Create();
        var pem = PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8());
        var text = $"""
            Recovery key of the entente node {node}, made {WireTime.Format(now)}.
            Key {key.Kid}

            Whoever holds this file and a backup can read everything the node knew.
            Without this file its backups cannot be opened by anybody.
            Keep it away from the node and from the backups: two copies, in two safes.

            {pem}

            """;
        PrivateFile.Write(path, Encoding.UTF8.GetBytes(text));
        return key.PublicJwk;
    }

    /// <exception cref="BackupRefused">The file is no recovery key.</exception>
    public static ECDiffieHellman Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new BackupRefused(new NoSuchFile(path));
        }

        var key = ECDiffieHellman.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or IOException)
        {
            key.Dispose();
            throw new BackupRefused(new NotARecoveryKey(path));
        }
    }

    public static string Kid(ECDiffieHellman key) => PublicPart(key.ExportParameters(false)).Thumbprint;

    internal static Jwk PublicPart(ECParameters key) =>
        new("EC", "P-256", Base64Url.Encode(key.Q.X!), Base64Url.Encode(key.Q.Y!)); // A public key has both.

    internal static ECDiffieHellman Import(Jwk jwk) =>
        ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.Decode(jwk.X), Y = Base64Url.Decode(jwk.Y) },
            }
        );

    private static class Base64Url
    {
        public static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

        public static byte[] Decode(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
    }
}
