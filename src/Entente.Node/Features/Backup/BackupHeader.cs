using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Backup;

/// <summary>
/// The first line of a backup, in clear: whose it is, its place in its chain, the key that opens it. Everything after it is
/// sealed and bound to these bytes.
/// </summary>
internal sealed record BackupHeader
{
    public const int Version = 1;
    private const int MostBytes = 4096;
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public string Entente { get; init; } = "backup";

    public int V { get; init; } = Version;

    public required string Node { get; init; }

    public required string Engine { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Chain { get; init; }

    /// <summary>0 is the full backup that a chain begins with.</summary>
    public required long Number { get; init; }

    public required string Id { get; init; }

    /// <summary>The id of the backup before this one in its chain.</summary>
    public string? Previous { get; init; }

    /// <summary>RFC 7638 thumbprint of the recovery key.</summary>
    public required string Recovery { get; init; }

    /// <summary>The ephemeral key of ECDH-ES.</summary>
    public required Jwk Epk { get; init; }

    public byte[] ToLine() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Json), (byte)'\n'];

    /// <returns>The header and its bytes, the line's end included.</returns>
    /// <exception cref="BackupRefused">It is not the beginning of a backup that this version reads.</exception>
    public static (BackupHeader Header, byte[] Line) Read(Stream file, string path)
    {
        var bytes = new byte[MostBytes];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var end = bytes.AsSpan(0, length).IndexOf((byte)'\n');
        if (end < 0 || !bytes.AsSpan().StartsWith("{"u8))
        {
            throw new BackupRefused(new NotABackup(path));
        }

        try
        {
            var header = JsonSerializer.Deserialize<BackupHeader>(bytes.AsSpan(0, end), Json);
            if (header is not { Entente: "backup" })
            {
                throw new BackupRefused(new NotABackup(path));
            }

            return header.V == Version
                ? (header, bytes[..(end + 1)])
                : throw new BackupRefused(new NewerFormat(path, header.V));
        }
        catch (JsonException)
        {
            throw new BackupRefused(new NotABackup(path));
        }
    }

    /// <summary>The content key: ECDH-ES on P-256, then HKDF-SHA256 salted with the header.</summary>
    public static byte[] ContentKey(byte[] secret, byte[] line) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            secret,
            outputLength: 32,
            salt: SHA256.HashData(line),
            info: Encoding.ASCII.GetBytes("entente backup 1")
        );
}
