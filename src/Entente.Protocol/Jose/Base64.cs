using System.Buffers;
using System.Buffers.Text;

namespace Entente.Protocol;

/// <summary>
/// base64url with exactly one text per value: no padding, no white space, unused bits zero. A laxer reader would let
/// a signed text be altered without breaking its signature.
/// </summary>
internal static class Base64
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8
    );

    /// <summary>Decodes into a buffer of exactly the right length.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, Span<byte> bytes) =>
        IsExact(text)
        && DecodedLength(text) == bytes.Length
        && Base64Url.TryDecodeFromUtf8(text, bytes, out var written)
        && written == bytes.Length;

    public static bool TryDecode(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = GC.AllocateUninitializedArray<byte>(DecodedLength(text)); // given back only when wholly decoded
        return TryDecode(text, bytes.AsSpan());
    }

    public static int DecodedLength(ReadOnlySpan<byte> text) => (int)((long)text.Length * 3 / 4);

    public static int EncodedLength(int bytes) => Base64Url.GetEncodedLength(bytes);

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    private static bool IsExact(ReadOnlySpan<byte> text)
    {
        if (text.Length % 4 == 1 || text.ContainsAnyExcept(Alphabet))
            return false;
        var unused = (text.Length % 4) switch
        {
            2 => 0x0f,
            3 => 0x03,
            _ => 0,
        };
        return unused == 0 || (Sextet(text[^1]) & unused) == 0;
    }

    private static int Sextet(byte c) =>
        c switch
        {
            >= (byte)'a' => c - 'a' + 26,
            (byte)'_' => 63,
            >= (byte)'A' => c - 'A',
            >= (byte)'0' => c - '0' + 52,
            _ => 62,
        };
}
