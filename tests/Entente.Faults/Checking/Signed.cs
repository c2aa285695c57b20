using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Entente.Faults.Checking;

/// <summary>RFC 7515 compact, ES256 only, over System.Security.Cryptography; keys by RFC 7638 thumbprint.</summary>
internal sealed class Signed
{
    private readonly string _input;
    private readonly byte[] _signature;

    private Signed(string input, JsonElement header, JsonElement payload, byte[] signature) =>
        (_input, Header, Payload, _signature) = (input, header, payload, signature);

    public JsonElement Header { get; }

    public JsonElement Payload { get; }

    /// <summary>Null when it is no compact JWS.</summary>
    public static Signed? Read(string compact)
    {
        var parts = compact.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        try
        {
            return new Signed(
                $"{parts[0]}.{parts[1]}",
                JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0])).RootElement,
                JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1])).RootElement,
                Base64Url.DecodeFromChars(parts[2])
            );
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Whether it is of this type and signed by one of these keys.</summary>
    public bool IsBy(IReadOnlyDictionary<string, ECDsa> keys, string type) =>
        Word(Header, "alg") == "ES256"
        && Word(Header, "typ") == type
        && keys.TryGetValue(Word(Header, "kid"), out var key)
        && key.VerifyData(Encoding.ASCII.GetBytes(_input), _signature, HashAlgorithmName.SHA256);

    public string this[string member] => Word(Payload, member);

    public long Number(string member) =>
        Payload.TryGetProperty(member, out var value) && value.TryGetInt64(out var number) ? number : -1;

    public static string Word(JsonElement json, string member) =>
        json.ValueKind == JsonValueKind.Object
        && json.TryGetProperty(member, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : "";

    public static string Sha256(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(SHA256.HashData(bytes));

    public static string Sha256(string ascii) => Sha256(Encoding.ASCII.GetBytes(ascii));
}
