using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Entente.Faults.Checking;

/// <summary>Whose signature is whose, out of the cards that the nodes keep of each other and of themselves.</summary>
internal sealed class SigningKeys : IDisposable
{
    private readonly Dictionary<string, Dictionary<string, ECDsa>> _byNode = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ECDsa> Of(string node) =>
        _byNode.TryGetValue(node, out var keys) ? keys : new Dictionary<string, ECDsa>();

    /// <summary>Takes the cards of one node's database in; says which of them are not what they should be.</summary>
    public IEnumerable<string> Learn(NodeTables tables)
    {
        foreach (var card in tables.Cards)
        {
            if (Fault(card, card.Partner ?? tables.Node) is { } fault)
            {
                yield return $"{tables.Node}: card {card.Sha256} of {card.Partner ?? "itself"}: {fault}";
            }
        }
    }

    public void Dispose()
    {
        foreach (var key in _byNode.Values.SelectMany(keys => keys.Values))
        {
            key.Dispose();
        }
    }

    private string? Fault(CardRow card, string node)
    {
        if (Signed.Sha256(card.Jws) != card.Sha256)
        {
            return "its text is another's";
        }

        if (Signed.Read(card.Jws) is not { } signed || signed["node"] != node)
        {
            return "it is not this node's";
        }

        var jwk = signed.Payload.GetProperty("jwks").GetProperty("keys").EnumerateArray().First(IsForSigning);
        var keys = _byNode.TryGetValue(node, out var known) ? known : _byNode[node] = new(StringComparer.Ordinal);
        var kid = Thumbprint(jwk);
        if (!keys.ContainsKey(kid))
        {
            keys[kid] = Import(jwk);
        }

        return signed.IsBy(keys, "entente-card+jwt") ? null : "its signature does not verify";
    }

    private static bool IsForSigning(JsonElement jwk) => Signed.Word(jwk, "use") == "sig";

    private static ECDsa Import(JsonElement jwk) =>
        ECDsa.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint
                {
                    X = Base64Url.DecodeFromChars(Signed.Word(jwk, "x")),
                    Y = Base64Url.DecodeFromChars(Signed.Word(jwk, "y")),
                },
            }
        );

    /// <summary>RFC 7638: the required members in order, and nothing else.</summary>
    private static string Thumbprint(JsonElement jwk) =>
        Signed.Sha256(
            $$"""{"crv":"{{Signed.Word(jwk, "crv")}}","kty":"EC","x":"{{Signed.Word(jwk, "x")}}","y":"{{Signed.Word(
                jwk,
                "y"
            )}}"}"""
        );
}
