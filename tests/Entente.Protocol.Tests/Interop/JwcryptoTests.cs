using System.Text;
using System.Text.Json.Nodes;

namespace Entente.Protocol.Tests;

/// <summary>Both ways with python3-jwcrypto.</summary>
public sealed class JwcryptoTests
{
    private const string OpenEnvelope = """
        import sys, json, hashlib
        from jwcrypto import jwk, jwe, jws
        d = json.load(sys.stdin)
        key, sender = jwk.JWK(**json.loads(d["key"])), jwk.JWK(**d["sender"])
        envelope = jwe.JWE(algs=["ECDH-ES", "A256GCM"])
        envelope.deserialize(d["jwe"], key=key)
        lines = envelope.payload.decode().split("\n")
        assert lines.pop() == ""
        batch = jws.JWS()
        batch.deserialize(lines[0], key=sender)
        assert batch.jose_header["kid"] == sender.thumbprint()
        assert envelope.jose_header["kid"] == key.thumbprint()
        print(json.dumps({"batch": json.loads(batch.payload), "lines": lines[1:]}))
        """;

    private const string SealEnvelope = """
        import sys, json, hashlib, base64
        from jwcrypto import jwk, jwe, jws
        d = json.load(sys.stdin)
        b64 = lambda b: base64.urlsafe_b64encode(b).rstrip(b"=").decode()
        key, receiver, line = jwk.JWK(**json.loads(d["key"])), jwk.JWK(**d["receiver"]), d["line"]
        root = hashlib.sha256(b"\x00" + line.encode()).digest()
        batch = jws.JWS(json.dumps({"v": 1, "from": d["from"], "to": d["to"], "first": 1, "count": 1, "root": b64(root),
            "prev": b64(bytes(32)), "at": "2026-11-22T02:33:37.123Z"}))
        batch.add_signature(key, None, json.dumps({"alg": d["alg"], "kid": key.thumbprint(), "typ": "entente-batch+jwt"}))
        content = batch.serialize(compact=True) + "\n" + line + "\n"
        header = {"alg": "ECDH-ES", "enc": "A256GCM", "kid": receiver.thumbprint(), "cty": "entente-batch",
            "apu": b64(d["from"].encode()), "apv": b64(d["to"].encode())}
        envelope = jwe.JWE(content.encode(), json.dumps(header))
        envelope.add_recipient(receiver)
        print(envelope.serialize(compact=True), end="")
        """;

    private const string VerifySignature = """
        import sys, json
        from jwcrypto import jwk, jws
        d = json.load(sys.stdin)
        signature = jws.JWS()
        signature.deserialize(d["jws"], key=jwk.JWK(**d["key"]))
        print(json.dumps({"header": signature.jose_header, "payload": json.loads(signature.payload)}))
        """;

    [Theory]
    [InlineData(Curve.P256)]
    [InlineData(Curve.P384)]
    public void Jwcrypto_opens_what_we_seal(Curve curve)
    {
        var (rabat, madrid) = (Keys.Create(curve), Keys.Create(curve));
        var lines = Sample.Lines(3);
        var envelope = Envelope.Seal(
            lines,
            Sample.Rabat,
            Sample.Madrid,
            1,
            Hash.Zero,
            Sample.At,
            rabat.Signing,
            madrid.Public
        );

        var opened = Ask(
            OpenEnvelope,
            new JsonObject
            {
                ["jwe"] = Encoding.ASCII.GetString(envelope.Jwe),
                ["key"] = PrivateKeys.ToJwk(madrid.Agreement),
                ["sender"] = PublicJwk(rabat.Signing.PublicJwk),
            }
        );

        opened["lines"]!
            .AsArray()
            .Select(line => (string?)line)
            .ShouldBe(lines.Select(line => Encoding.UTF8.GetString(line.Span)));
        ((string?)opened["batch"]!["root"]).ShouldBe(envelope.Root.ToString());
        ((int?)opened["batch"]!["count"]).ShouldBe(3);
    }

    [Theory]
    [InlineData(Curve.P256)]
    [InlineData(Curve.P384)]
    public void We_open_what_jwcrypto_seals(Curve curve)
    {
        var (rabat, madrid) = (Keys.Create(curve), Keys.Create(curve));
        var line = Encoding.UTF8.GetString(Sample.Request().ToLine());
        var asked = new JsonObject
        {
            ["key"] = PrivateKeys.ToJwk(rabat.Signing),
            ["receiver"] = PublicJwk(madrid.Agreement.PublicJwk),
            ["alg"] = curve.Algorithm(),
            ["from"] = Sample.Rabat.ToString(),
            ["to"] = Sample.Madrid.ToString(),
            ["line"] = line,
        };

        var jwe = Tool.RunPython(SealEnvelope, asked.ToJsonString());

        var opened = Envelope
            .Open(Encoding.ASCII.GetBytes(jwe), madrid.Agreement, rabat.Verifier, Sample.Rabat, Sample.Madrid)
            .Required();
        Encoding.UTF8.GetString(opened.Lines[0].Span).ShouldBe(line);
        opened.Read(0).Required().Kind.ShouldBe(Kinds.Request);
    }

    [Theory]
    [InlineData(Curve.P256)]
    [InlineData(Curve.P384)]
    public void Jwcrypto_verifies_our_card_and_names_its_key_alike(Curve curve)
    {
        var keys = Keys.Create(curve);

        var read = Verify(Sample.Card(Sample.Rabat, keys).Sign(keys.Signing), keys.Signing.PublicJwk);

        ((string?)read["header"]!["typ"]).ShouldBe("entente-card+jwt");
        ((string?)read["payload"]!["node"]).ShouldBe("ma.interieur");
        Tool.RunPython(
                "import sys, json\nfrom jwcrypto import jwk\nprint(jwk.JWK(**json.load(sys.stdin)).thumbprint(), end='')",
                PublicJwk(keys.Signing.PublicJwk).ToJsonString()
            )
            .ShouldBe(keys.Signing.Kid);
    }

    [Fact]
    public void Jwcrypto_verifies_our_receipt_and_tree_head()
    {
        var at = Sample.At;
        var receipt = new Receipt(
            Sample.Madrid,
            Sample.Rabat,
            at,
            Hash.Zero,
            [],
            new ReceiptHead(0, MerkleTree.EmptyRoot, at)
        );
        var head = new TreeHead(Sample.Madrid, 0, MerkleTree.EmptyRoot, at);
        var (signer, key) = (Sample.MadridKeys.Signing, Sample.MadridKeys.Signing.PublicJwk);

        ((string?)Verify(receipt.Sign(signer), key)["header"]!["typ"]).ShouldBe("entente-receipt+jwt");
        ((string?)Verify(head.Sign(signer), key)["payload"]!["root"]).ShouldBe(MerkleTree.EmptyRoot.ToString());
    }

    private static JsonNode Verify(string jws, Jwk key) =>
        Ask(VerifySignature, new JsonObject { ["jws"] = jws, ["key"] = PublicJwk(key) });

    private static JsonNode Ask(string script, JsonObject input) =>
        JsonNode.Parse(Tool.RunPython(script, input.ToJsonString())).ShouldNotBeNull();

    private static JsonObject PublicJwk(Jwk jwk) =>
        new()
        {
            ["kty"] = jwk.Kty,
            ["crv"] = jwk.Crv,
            ["x"] = jwk.X,
            ["y"] = jwk.Y,
        };
}
