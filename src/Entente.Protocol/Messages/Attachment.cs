namespace Entente.Protocol;

/// <summary>
/// A file that goes with a message. Up to <see cref="MaxInline"/> bytes it travels inside, as <see cref="Content"/>;
/// larger ones travel apart in encrypted chunks (<see cref="AttachmentChunks"/>) under the key named here.
/// </summary>
public sealed record Attachment(string Name, string Type, long Size, Hash Sha256) : Extensible
{
    public const int MaxInline = 64 * 1024;

    /// <summary>The whole file, base64 in JSON.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The id by which the chunks are asked for; with <see cref="Key"/>, only for a file that travels apart.</summary>
    public Guid? Id { get; init; }

    public AttachmentKey? Key { get; init; }
}
