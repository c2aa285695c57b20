using System.Security.Cryptography;
using System.Text;

namespace Entente.Protocol.Tests;

/// <summary>A peer of the test's own that seals whatever it is told to, with code that shares nothing with the library's.</summary>
internal sealed record ForgedEnvelope
{
    private static readonly ECParameters Receiver = ReceiverPoint();

    public string Alg { get; init; } = "ECDH-ES";
    public string Enc { get; init; } = "A256GCM";
    public string Kid { get; init; } = Sample.MadridKeys.Agreement.Kid;
    public string Cty { get; init; } = "entente-batch";
    public string Apu { get; init; } = "ma.interieur";
    public string Apv { get; init; } = "es.interior";
    public string? Epk { get; init; }
    public string More { get; init; } = "";
    public string EncryptedKey { get; init; } = "";
    public int NonceSize { get; init; } = 12;
    public int TagSize { get; init; } = 16;
    public SigningKey Signer { get; init; } = Sample.RabatKeys.Signing;
    public string Typ { get; init; } = "entente-batch+jwt";
    public Func<Batch, Batch> Claims { get; init; } = batch => batch;
    public Func<string, string> Content { get; init; } = content => content;
    public string[] Lines { get; init; } = [Encoding.UTF8.GetString(Sample.Request().ToLine())];

    public byte[] Seal()
    {
        var leaves = Lines.Select(line => MerkleTree.LeafHash(Encoding.UTF8.GetBytes(line))).ToArray();
        var batch = new Batch(
            Sample.Rabat,
            Sample.Madrid,
            1,
            Lines.Length,
            MerkleTree.Root(leaves),
            Hash.Zero,
            Sample.At
        );
        var claims = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(Claims(batch), WireJson.Wire.Batch);
        return Encrypt(
            Content(string.Concat(Lines.Prepend(Jws.Sign(claims, Typ, Signer)).Select(line => line + "\n")))
        );
    }

    private byte[] Encrypt(string content)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var receiver = ECDiffieHellman.Create(Receiver);
        var secret = ephemeral.DeriveRawSecretAgreement(receiver.PublicKey);
        byte[] info = [0, 0, 0, 1, .. secret, .. Field("A256GCM"), .. Field(Apu), .. Field(Apv), 0, 0, 1, 0];
        var header = Text(Header(ephemeral.ExportParameters(false)));
        var plain = Encoding.UTF8.GetBytes(content);
        var (sealedBytes, tag, nonce) = (new byte[plain.Length], new byte[16], new byte[12]);
        using (var cipher = new AesGcm(SHA256.HashData(info), 16))
            cipher.Encrypt(nonce, plain, sealedBytes, tag, Encoding.ASCII.GetBytes(header));
        var parts = new[]
        {
            header,
            EncryptedKey,
            Sized(nonce, NonceSize),
            Base64.Encode(sealedBytes),
            Sized(tag, TagSize),
        };
        return Encoding.ASCII.GetBytes(string.Join('.', parts));
    }

    private string Header(ECParameters ephemeral)
    {
        var epk =
            Epk
            ?? $$"""{"kty":"EC","crv":"P-256","x":"{{Base64.Encode(ephemeral.Q.X)}}","y":"{{Base64.Encode(ephemeral.Q.Y)}}"}""";
        var (apu, apv) = (Text(Apu), Text(Apv));
        return $$"""{"alg":"{{Alg}}","enc":"{{Enc}}","kid":"{{Kid}}","cty":"{{Cty}}","epk":{{epk}},"apu":"{{apu}}","apv":"{{apv}}"{{More}}}""";
    }

    private static string Sized(byte[] bytes, int size) => Base64.Encode([.. bytes.Concat(new byte[4]).Take(size)]);

    private static string Text(string text) => Base64.Encode(Encoding.UTF8.GetBytes(text));

    private static byte[] Field(string text) => [0, 0, 0, (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];

    private static ECParameters ReceiverPoint() => Sample.MadridKeys.Agreement.PublicJwk.Parameters().Required().Key;
}
