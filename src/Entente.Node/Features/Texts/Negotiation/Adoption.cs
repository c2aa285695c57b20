using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>
/// A side's signature under a text: a JWS by the node's signing key (`typ: entente-adoption+jwt`) over the text's id, the
/// SHA-256 of its canonical form, the side and the moment.
/// </summary>
internal sealed record Adoption(int V, string Text, string Sha256, string By, DateTimeOffset At)
{
    public const string Typ = "entente-adoption+jwt";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // What is signed has one reading: the guard's, the officer's and any other software's.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public string Sign(SigningKey key) =>
        Jws.Sign(CanonicalJson.Of(JsonSerializer.SerializeToElement(this, Json)).Required(), Typ, key);

    /// <summary>Null where the signature is not that key's, or what it signs is not an adoption.</summary>
    public static Adoption? Open(string jws, VerificationKey key)
    {
        var opened = Jws.Open(jws, Typ, key);
        if (!opened.Ok)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<Adoption>(opened.Value, Json) is { V: 1 } adoption ? adoption : null;
        }
        catch (JsonException)
        {
            return null; // Signed, but not in this shape: not an adoption.
        }
    }
}
