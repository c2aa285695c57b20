using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

[JsonConverter(typeof(WireName<LedgerAction>))]
public enum LedgerAction
{
    Collect,
    Alter,
    Consult,
    Disclose,
    Receive,
    Combine,
    Erase,
    Decide,
    SignIn,
    Administer,
}

/// <summary>
/// What a ledger leaf says. Holds no content: ids, codes and hashes only. For a message sent or received,
/// <paramref name="Object"/> is its id and <paramref name="Hash"/> the SHA-256 of its line.
/// </summary>
public sealed record LedgerEvent(
    DateTimeOffset At,
    string Actor,
    LedgerAction Action,
    string Object,
    string Why,
    Hash? Hash = null,
    string? Link = null
) : Extensible
{
    /// <summary>The leaf's bytes: RFC 8785 canonical JSON.</summary>
    public byte[] ToLeaf() =>
        CanonicalJson.Of(JsonSerializer.SerializeToElement(this, WireJson.Wire.LedgerEvent)).Required();

    public static Opened<LedgerEvent> Parse(ReadOnlySpan<byte> leaf) => WireText.Read(leaf, WireJson.Wire.LedgerEvent);
}
