using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Node.Features.Carrier;

/// <summary>One sealed chunk of a file, as a line of JSON: the very bytes that the wire carries.</summary>
internal sealed record ChunkLine(
    [property: JsonRequired] Guid Attachment,
    [property: JsonRequired] long Chunk,
    [property: JsonRequired] string Sealed
)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
    };

    public static byte[] Write(Guid attachment, long chunk, ReadOnlySpan<byte> bytes) =>
        Encoding.ASCII.GetBytes(
            $$"""{"attachment":"{{attachment}}","chunk":{{chunk}},"sealed":"{{Base64Url.EncodeToString(bytes)}}"}"""
                + "\n"
        );

    /// <summary>Null when it is no such line.</summary>
    public static ChunkLine? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return
                JsonSerializer.Deserialize<ChunkLine>(line, Json) is { Chunk: >= 0 } chunk
                && Base64Url.IsValid(chunk.Sealed)
                ? chunk
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] Bytes() => Base64Url.DecodeFromChars(Sealed);
}
