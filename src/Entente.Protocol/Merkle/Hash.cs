using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>A SHA-256 value: 32 bytes without an allocation. As text: base64url, 43 characters.</summary>
[JsonConverter(typeof(HashConverter))]
public readonly record struct Hash
{
    public const int Size = 32;
    internal const int TextLength = 43;
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    private Hash(ReadOnlySpan<byte> bytes)
    {
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    /// <summary>32 zero bytes: the <c>prev</c> of a direction's first envelope.</summary>
    public static Hash Zero => default;

    public static Hash Of(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Size];
        SHA256.HashData(data, digest);
        return new Hash(digest);
    }

    /// <summary>The hash of an ASCII text such as a compact JWS.</summary>
    public static Hash OfText(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Takes exactly 32 bytes; any other length is the caller's bug.</summary>
    public static Hash From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size ? new Hash(bytes) : throw new ArgumentException("A hash has 32 bytes.", nameof(bytes));

    public static bool TryParse([NotNullWhen(true)] string? text, out Hash hash)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var ok = text is { Length: TextLength } && Base64.TryDecode(Encoding.ASCII.GetBytes(text), bytes);
        hash = ok ? new Hash(bytes) : default;
        return ok;
    }

    public static Hash Parse(string text) =>
        TryParse(text, out var hash) ? hash : throw new FormatException("A hash is 43 characters of base64url.");

    public void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, _a);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], _d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public string ToHex() => Convert.ToHexStringLower(ToArray());

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[TextLength];
        Format(text);
        return Encoding.ASCII.GetString(text);
    }

    internal void Format(Span<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        Base64Url.EncodeToUtf8(bytes, text);
    }
}
