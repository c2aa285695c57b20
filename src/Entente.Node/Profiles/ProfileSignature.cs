using System.Text.Json;
using System.Text.Json.Nodes;
using Entente.Node.Hosting;
using Entente.Protocol;

namespace Entente.Node.Profiles;

/// <summary>
/// That a node stands behind a profile's file: who signed, when, and a detached JWS (RFC 7515 appendix F) whose payload is
/// the RFC 8785 canonical JSON of `{at, by, node, profile, sha256, v}`, `profile` being the file's own JSON.
/// </summary>
/// <param name="By">The officer's login.</param>
/// <param name="Sha256">Of the file's bytes, base64url: what partners agree it by.</param>
/// <param name="Jws">`header..signature`.</param>
internal sealed record ProfileSignature(string Node, string By, DateTimeOffset At, string Sha256, string Jws)
{
    private const string Typ = "entente-profile+jwt";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static ProfileSignature Of(byte[] file, string node, string by, DateTimeOffset at, SigningKey key)
    {
        var signature = new ProfileSignature(node, by, WireTime.Round(at), Hash.Of(file).ToString(), "");
        var parts = Entente.Protocol.Jws.Sign(signature.Payload(file).Required(), Typ, key).Split('.');
        return signature with { Jws = $"{parts[0]}..{parts[2]}" };
    }

    /// <summary>What stands against it; null where a key of this node signed this very file.</summary>
    public ProfileError? Against(byte[] file, NodeKeys keys)
    {
        if (Hash.Of(file).ToString() != Sha256 || Payload(file) is not { Ok: true, Value: var payload })
        {
            return new ProfileAltered();
        }

        if (Jws.Split('.') is not [var header, "", var signature])
        {
            return new ProfileSignatureUnknown();
        }

        var whole = $"{header}.{System.Buffers.Text.Base64Url.EncodeToString(payload)}.{signature}";
        foreach (var signing in keys.AllSigning)
        {
            using var key = VerificationKey.From(signing.PublicJwk).Required(); // Our own.
            if (Entente.Protocol.Jws.Open(whole, Typ, key).Ok)
            {
                return null;
            }
        }

        return new ProfileSignatureUnknown();
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Null where it is no signature.</summary>
    public static ProfileSignature? Read(byte[] json)
    {
        try
        {
            var read = JsonSerializer.Deserialize<ProfileSignature>(json, Json);
            return read is { Node: not null, By: not null, Sha256: not null, Jws: not null } ? read : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Opened<byte[]> Payload(byte[] file)
    {
        // Strict first: what has no canonical form has no one meaning that could be signed.
        var profile = CanonicalJson.Of(file);
        if (!profile.Ok)
        {
            return profile.Refusal;
        }

        var said = new JsonObject
        {
            ["v"] = 1,
            ["node"] = Node,
            ["by"] = By,
            ["at"] = WireTime.Format(At),
            ["sha256"] = Sha256,
            ["profile"] = JsonNode.Parse(profile.Value),
        };
        return CanonicalJson.Of(JsonSerializer.SerializeToUtf8Bytes(said));
    }
}
