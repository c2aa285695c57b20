using System.Text;
using System.Text.Json;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>
/// Everything a third person needs to check, with no node and no network, that two nodes signed one text: the canonical
/// text, both signatures, both cards.
/// </summary>
internal sealed record InstrumentEvidence(
    int V,
    string Type,
    string Text,
    IReadOnlyList<string> Signatures,
    IReadOnlyList<string> Cards
)
{
    public const string TypeName = "entente-instrument";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // One reading: what another program finds in the file is what is checked here.
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>Null where the file is something else.</summary>
    public static InstrumentEvidence? Parse(byte[] file)
    {
        try
        {
            return
                JsonSerializer.Deserialize<InstrumentEvidence>(file, Json)
                    is { V: 1, Type: TypeName, Signatures.Count: 2, Cards.Count: 2 } evidence
                ? evidence
                : null;
        }
        catch (JsonException)
        {
            return null; // Another kind of evidence, or none.
        }
    }

    /// <summary>Every check by name; all are tried.</summary>
    public IReadOnlyList<InstrumentCheck> Verify()
    {
        var checks = new List<InstrumentCheck>();
        var canonical = CanonicalJson.Of(Encoding.UTF8.GetBytes(Text));
        checks.Add(new("text-canonical", canonical.Ok && Encoding.UTF8.GetString(canonical.Value) == Text));
        var signers = Signatures.Zip(Cards, Open).ToList();
        foreach (var (i, signer) in signers.Index())
        {
            checks.Add(new($"card-{i + 1}", signer.Card is not null));
            checks.Add(new($"signature-{i + 1}", signer.Adoption is not null));
            checks.Add(
                new(
                    $"signed-this-text-{i + 1}",
                    signer.Adoption is { } adoption
                        && adoption.Sha256 == CanonicalText.HashOf(Text)
                        && adoption.Text == TextId()
                        && adoption.By == signer.Card?.Node.ToString()
                )
            );
            checks.Add(
                new(
                    $"card-current-{i + 1}",
                    signer is { Adoption: { } signed, Card: { } card } && card.IsCurrent(signed.At)
                )
            );
        }

        checks.Add(new("two-sides", signers[0].Card?.Node != signers[1].Card?.Node));
        return checks;
    }

    public IReadOnlyList<(LinkCard? Card, Adoption? Adoption)> Signers() => [.. Signatures.Zip(Cards, Open)];

    private string? TextId()
    {
        try
        {
            using var text = JsonDocument.Parse(Text);
            return
                text.RootElement.ValueKind == JsonValueKind.Object
                && text.RootElement.TryGetProperty("text", out var id)
                && id.ValueKind == JsonValueKind.String
                ? id.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null; // Then it names nothing, and the checks say so.
        }
    }

    private static (LinkCard? Card, Adoption? Adoption) Open(string signature, string jws)
    {
        var card = LinkCard.Open(jws);
        if (!card.Ok)
        {
            return (null, null);
        }

        using var key = VerificationKey.From(card.Value.SigningJwk).Required(); // The card was opened with it.
        return (card.Value, Adoption.Open(signature, key));
    }
}

internal sealed record InstrumentCheck(string Name, bool Holds);
