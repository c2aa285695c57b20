using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>
/// What a node says of itself: name, country, endpoint, public keys, certificate. Self-signed: it proves possession of
/// the keys, and the safety number, compared by people over another channel, proves whose they are.
/// </summary>
public sealed record LinkCard : Extensible
{
    internal const string Type = "entente-card+jwt";

    public int V { get; init; } = 1;
    public required NodeId Node { get; init; }
    public required string Country { get; init; }

    /// <summary>The authority's name by language.</summary>
    public required IReadOnlyDictionary<string, string> Names { get; init; }

    /// <summary>An absolute https address; requests go to <c>{endpoint}/link/1/…</c>.</summary>
    public required string Endpoint { get; init; }

    public required JwkSet Jwks { get; init; }
    public required TlsPin Tls { get; init; }
    public required DateTimeOffset Issued { get; init; }
    public required DateTimeOffset Expires { get; init; }

    /// <summary>SHA-256 of the card that this one replaces.</summary>
    public Hash? Previous { get; init; }

    /// <summary>The compact JWS that this card was opened from; empty for a card not yet signed.</summary>
    [JsonIgnore]
    public string Jws { get; internal init; } = "";

    /// <summary>Identifies the signed card: SHA-256 of its compact JWS.</summary>
    [JsonIgnore]
    public Hash Sha256 => Hash.OfText(Jws);

    [JsonIgnore]
    public Jwk SigningJwk => Jwks.Keys.Single(key => key.Use == "sig");

    [JsonIgnore]
    public Jwk AgreementJwk => Jwks.Keys.Single(key => key.Use == "enc");

    /// <summary>Signs with the key that the card names. Give the result to <see cref="Open"/> to have the signed card.</summary>
    public string Sign(SigningKey key)
    {
        if (key.Kid != SigningJwk.Thumbprint)
            throw new ArgumentException("A card is signed by the signing key it names.", nameof(key));
        return Protocol.Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Wire.LinkCard), Type, key);
    }

    /// <summary>Checks form and self-signature. Validity in time is the caller's question: <see cref="IsCurrent"/>.</summary>
    public static Opened<LinkCard> Open(string jws) => CardReading.Open(jws);

    public bool IsCurrent(DateTimeOffset at) => at >= Issued && at < Expires;

    /// <summary>Signs this new card for a partner who knows the old one: inner signature by the new key, outer by the old.</summary>
    public string Rotate(SigningKey newKey, SigningKey oldKey) => CardRotation.Sign(this, newKey, oldKey);

    /// <summary>Opens a rotation sent by the node whose card we hold.</summary>
    public static Opened<LinkCard> OpenRotated(string jws, LinkCard previous) => CardRotation.Open(jws, previous);
}

public sealed record JwkSet(IReadOnlyList<Jwk> Keys);

/// <summary>The certificate that the node's TLS endpoint and client show: SHA-256 of its DER.</summary>
public sealed record TlsPin([property: JsonPropertyName("x5t#S256")] Hash Certificate);
