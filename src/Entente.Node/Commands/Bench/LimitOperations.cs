using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Entente.Node.Commands.Bench;

/// <summary>
/// The operations of the processor that the protocol demands, each measured alone and by processor time, so that other
/// work on the machine does not count.
/// </summary>
/// <param name="line">A message as it travels.</param>
/// <param name="each">Messages in an envelope.</param>
internal sealed class LimitOperations(byte[] line, double each)
{
    private const int Header = 300;
    private const int Leaf = 300;

    public IReadOnlyList<LimitPart> Measure()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var receiver = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var cipher = new AesGcm(RandomNumberGenerator.GetBytes(32), 16);
        var signature = key.SignData(line, HashAlgorithmName.SHA256);
        var (nonce, sealedBytes, tag) = (new byte[12], new byte[line.Length], new byte[16]);
        var text = Base64Url.EncodeToUtf8(line);
        using var json = JsonDocument.Parse(line);
        var written = new ArrayBufferWriter<byte>(2 * line.Length);
        return
        [
            Of("sign the batch and the receipt", 2 / each, 1000, () => Sign(key)),
            Of(
                "verify the batch and the receipt",
                2 / each,
                1000,
                () => key.VerifyData(line, signature, HashAlgorithmName.SHA256)
            ),
            Of("make a fresh key and agree on both sides", 1 / each, 300, () => Agree(receiver)),
            Of("encrypt or decrypt the line", 2, 20_000, () => cipher.Encrypt(nonce, line, sealedBytes, tag)),
            Of("hash the line: for the tree of the envelope, for the receipt", 4, 20_000, () => SHA256.HashData(line)),
            Of("hash the envelope, for the chain", 2, 20_000, () => SHA256.HashData(text)),
            Of("hash a ledger leaf", 2, 20_000, () => SHA256.HashData(line.AsSpan(0, Math.Min(Leaf, line.Length)))),
            Of("the envelope's base64url, there and back", 1, 20_000, () => ThereAndBack(text)),
            Of("write the message as JSON", 1, 10_000, () => Write(json, written)),
            Of("read the message's JSON", 1, 10_000, Read),
        ];
    }

    private byte[] Sign(ECDsa key) =>
        key.SignData(line.AsSpan(0, Math.Min(Header, line.Length)), HashAlgorithmName.SHA256);

    /// <summary>A fresh key agrees with the receiver's, and the receiver's with the imported fresh one.</summary>
    private static void Agree(ECDiffieHellman receiver)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var theirs = receiver.PublicKey;
        ephemeral.DeriveRawSecretAgreement(theirs);
        using var imported = ECDiffieHellman.Create(ephemeral.ExportParameters(includePrivateParameters: false));
        receiver.DeriveRawSecretAgreement(imported.PublicKey);
    }

    private void ThereAndBack(byte[] text)
    {
        Base64Url.EncodeToUtf8(line, text);
        Span<byte> back = stackalloc byte[64 * 1024];
        Base64Url.DecodeFromUtf8(text, back);
    }

    private static void Write(JsonDocument json, ArrayBufferWriter<byte> to)
    {
        to.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(to);
        json.WriteTo(writer);
    }

    private void Read()
    {
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            // Every token is looked at, nothing is made of it.
        }
    }

    private static LimitPart Of(string what, double times, int rounds, Action work) =>
        new(what, Cpu(rounds, work), times);

    private static double Cpu(int rounds, Action work)
    {
        for (var i = 0; i < rounds / 10; i++)
        {
            work(); // Compiled as well as it will be.
        }

        var began = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < rounds; i++)
        {
            work();
        }

        return (Environment.CpuUsage.TotalTime - began).TotalMicroseconds / rounds;
    }
}
