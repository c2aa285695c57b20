using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>A file of a draft as stored: what is sealed is its content, or the key of a file that travels apart.</summary>
internal sealed record DraftFileRow
{
    /// <summary>256 bits; what follows it begins the nonces.</summary>
    private const int KeyBytes = 32;

    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }
    public required long Size { get; init; }
    public required string Sha256 { get; init; }

    /// <summary>Id of the chunks; null for a file that travels inside its message.</summary>
    public string? Apart { get; init; }
    public required string DataKey { get; init; }
    public required byte[] Sealed { get; init; }
    public required byte[] Wrapped { get; init; }

    public static byte[] Secret(Attachment file) =>
        file.Key is { } key ? [.. key.Key, .. key.Prefix] : file.Content ?? [];

    public Attachment Open(ContentSeal seal)
    {
        var secret = seal.Open(DataKey, Wrapped, Sealed);
        var file = new Attachment(Name, Type, Size, Hash.Parse(Sha256));
        return Apart is null
            ? file with
            {
                Content = secret,
            }
            : file with
            {
                Id = Guid.Parse(Apart),
                Key = new AttachmentKey(secret[..KeyBytes], secret[KeyBytes..]),
            };
    }
}
