using System.Text.Json;

namespace Entente.Protocol;

/// <summary>
/// The members of a JOSE header that matter here. Others are ignored, except those that would change how the content
/// is read: compressed content, critical extensions and unencoded payloads are refused before any key is touched.
/// </summary>
internal sealed record JoseHeader
{
    public const int MaxLength = 4096;

    public required string Alg { get; init; }
    public string? Enc { get; init; }
    public string? Kid { get; init; }
    public string? Typ { get; init; }
    public string? Cty { get; init; }
    public Jwk? Epk { get; init; }
    public string? Apu { get; init; }
    public string? Apv { get; init; }
    public JsonElement? Zip { get; init; }
    public JsonElement? Crit { get; init; }
    public JsonElement? B64 { get; init; }

    public static Opened<JoseHeader> Read(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length > MaxLength)
            return new Refusal(Reason.TooLarge, "The JOSE header is longer than 4096 characters.");
        if (!Base64.TryDecode(encoded, out var json))
            return Refusal.Malformed("The JOSE header is not base64url.");
        var read = WireText.Read(json, WireJson.Wire.JoseHeader);
        if (read.Ok && (read.Value.Zip ?? read.Value.Crit ?? read.Value.B64) is not null)
            return Refusal.Malformed(
                "Compressed content, critical extensions and unencoded payloads are not accepted."
            );
        return read;
    }
}
