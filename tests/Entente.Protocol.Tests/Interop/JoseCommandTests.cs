using System.Text;

namespace Entente.Protocol.Tests;

/// <summary>Both ways with the jose command.</summary>
public sealed class JoseCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-jose").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(Curve.P256)]
    [InlineData(Curve.P384)]
    public void Jose_opens_what_we_seal(Curve curve)
    {
        var (rabat, madrid) = (Keys.Create(curve), Keys.Create(curve));
        var lines = Sample.Lines(2);
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
        var key = Keep("madrid.jwk", PrivateKeys.ToJwk(madrid.Agreement));

        var content = Tool.RunJose(Encoding.ASCII.GetString(envelope.Jwe), "jwe", "dec", "-i-", "-k", key, "-O-");

        var read = content.TrimEnd('\n').Split('\n');
        read[1..].ShouldBe(lines.Select(line => Encoding.UTF8.GetString(line.Span)));
        Verified(read[0], rabat.Signing.PublicJwk).ShouldContain(envelope.Root.ToString());
    }

    [Theory]
    [InlineData(Curve.P256)]
    [InlineData(Curve.P384)]
    public void We_open_what_jose_seals(Curve curve)
    {
        var (rabat, madrid) = (Keys.Create(curve), Keys.Create(curve));
        var line = Encoding.UTF8.GetString(Sample.Request().ToLine());
        var root = MerkleTree.Root([MerkleTree.LeafHash(Encoding.UTF8.GetBytes(line))]);
        var claims =
            $$"""{"v":1,"from":"ma.interieur","to":"es.interior","first":1,"count":1,"root":"{{root}}","prev":"{{Hash.Zero}}","at":"2026-11-22T02:33:37.123Z"}""";
        var batch = Signed(claims, rabat.Signing, "entente-batch+jwt");

        var jwe = Sealed($"{batch}\n{line}\n", madrid.Agreement.PublicJwk);

        var opened = Envelope
            .Open(Encoding.ASCII.GetBytes(jwe), madrid.Agreement, rabat.Verifier, Sample.Rabat, Sample.Madrid)
            .Required();
        Encoding.UTF8.GetString(opened.Lines[0].Span).ShouldBe(line);
    }

    [Fact]
    public void Jose_verifies_our_card() =>
        Verified(
                Sample.Card(Sample.Rabat, Sample.RabatKeys).Sign(Sample.RabatKeys.Signing),
                Sample.RabatKeys.Signing.PublicJwk
            )
            .ShouldContain("\"node\":\"ma.interieur\"");

    [Fact]
    public void Jose_names_keys_as_we_do() =>
        Tool.RunJose(Public(Sample.RabatKeys.Signing.PublicJwk), "jwk", "thp", "-i-")
            .Trim()
            .ShouldBe(Sample.RabatKeys.Signing.Kid);

    private string Verified(string jws, Jwk key) =>
        Tool.RunJose(jws, "jws", "ver", "-i-", "-k", Keep("signer.jwk", Public(key)), "-O-");

    private string Signed(string claims, SigningKey signer, string typ)
    {
        var header =
            $$$"""{"protected":{"alg":"{{{signer.Curve.Algorithm()}}}","kid":"{{{signer.Kid}}}","typ":"{{{typ}}}"}}""";
        var key = Keep("signer.jwk", PrivateKeys.ToJwk(signer));
        return Tool.RunJose(claims, "jws", "sig", "-I-", "-s", header, "-k", key, "-c", "-o-").Trim();
    }

    private string Sealed(string content, Jwk receiver)
    {
        var (apu, apv) = (Base64.Encode("ma.interieur"u8), Base64.Encode("es.interior"u8));
        var header =
            $$$"""{"protected":{"alg":"ECDH-ES","enc":"A256GCM","kid":"{{{receiver.Kid}}}","cty":"entente-batch","apu":"{{{apu}}}","apv":"{{{apv}}}"}}""";
        var key = Keep("receiver.jwk", Public(receiver));
        return Tool.RunJose(content, "jwe", "enc", "-I-", "-i", header, "-k", key, "-c", "-o-").Trim();
    }

    private string Keep(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Public(Jwk key) =>
        $$"""{"kty":"{{key.Kty}}","crv":"{{key.Crv}}","x":"{{key.X}}","y":"{{key.Y}}"}""";
}
