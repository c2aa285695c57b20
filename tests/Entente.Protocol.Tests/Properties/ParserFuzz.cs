using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Protocol.Tests;

/// <summary>
/// For every reader: it never throws, on random bytes and on bytes near to right ones; what it accepts, it writes and
/// reads again to the same. Signed artefacts are fuzzed inside their signature, where the signature does not help.
/// </summary>
public sealed class ParserFuzz
{
    private const int Count = 3000;
    private static readonly SigningKey Signer = Sample.RabatKeys.Signing;
    private static readonly VerificationKey Verifier = Sample.RabatKeys.Verifier;

    [Fact]
    public void Messages() =>
        Fuzz(
            Generate.Near(Sample.Request().ToLine(), Full().ToLine()),
            bytes =>
            {
                var read = Message.Parse(bytes);
                if (!read.Ok)
                    return true;
                var line = read.Value.ToLine();
                _ = (read.Value.AsRequest(), read.Value.AsAnswer(), read.Value.AsProgress());
                CanonicalJson.Of(line);
                return !line.Contains((byte)'\n') && Message.Parse(line).Required().ToLine().SequenceEqual(line);
            }
        );

    [Fact]
    public void Bodies() =>
        Fuzz(
            Generate.Near(
                Json(Sample.Ask().ToBody()),
                Json(
                    new AnswerBody
                    {
                        Outcome = Outcome.Refused,
                        Ground = "x",
                        Answers = [new QuestionAnswer(1, "x")],
                    }.ToBody()
                ),
                Json(new ProgressBody(Sample.Id(1), ProgressStates.Seen, Sample.At) { Note = "x" }.ToBody())
            ),
            bytes =>
            {
                var message = Message.Parse(Encoding.UTF8.GetBytes(WithBody(Encoding.UTF8.GetString(bytes))));
                if (message.Ok)
                    _ = (message.Value.AsRequest(), message.Value.AsAnswer(), message.Value.AsProgress());
                return true;
            }
        );

    [Fact]
    public void Envelopes() =>
        Fuzz(Generate.Near(Sample.Seal(Sample.Lines(1)).Jwe), bytes => Survives(Sample.Open(bytes)));

    [Fact]
    public void Contents_of_envelopes() =>
        Fuzz(
            Generate.Near(Encoding.UTF8.GetBytes(Sample.Seal(Sample.Lines(1)).BatchJws + "\n{}\n")),
            bytes => Survives(Sample.Open(new ForgedEnvelope { Content = _ => Encoding.UTF8.GetString(bytes) }.Seal())),
            count: 500
        );

    [Fact]
    public void Batches() =>
        FuzzSigned(Batch.Type, ExampleBatch(), WireJson.Wire.Batch, jws => Batch.Open(jws, Verifier).Ok);

    [Fact]
    public void Receipts() =>
        FuzzSigned(Receipt.Type, ExampleReceipt(), WireJson.Wire.Receipt, jws => Receipt.Open(jws, Verifier).Ok);

    [Fact]
    public void Tree_heads() =>
        FuzzSigned(TreeHead.Type, ExampleHead(), WireJson.Wire.TreeHead, jws => TreeHead.Open(jws, Verifier).Ok);

    [Fact]
    public void Cards() =>
        FuzzSigned(
            LinkCard.Type,
            Sample.Card(Sample.Rabat, Sample.RabatKeys),
            WireJson.Wire.LinkCard,
            jws => LinkCard.Open(jws) is { Ok: true, Value: var card } && SafetyNumber.Of(card, card).Length > 0
        );

    [Fact]
    public void Signatures() =>
        Fuzz(
            Generate.Near(Encoding.ASCII.GetBytes(Jws.Sign("{}"u8, "t", Signer))),
            bytes =>
            {
                var jws = Encoding.UTF8.GetString(bytes);
                _ = (LinkCard.Open(jws), LinkCard.OpenRotated(jws, Sample.Card(Sample.Rabat, Sample.RabatKeys)));
                return Jws.Open(bytes, "t", Verifier).Ok || true;
            }
        );

    [Fact]
    public void Ledger_leaves() =>
        Fuzz(
            Generate.Near(new LedgerEvent(Sample.At, "a", LedgerAction.Receive, "o", "w", Hash.Zero, "l").ToLeaf()),
            bytes => LedgerEvent.Parse(bytes) is not { Ok: true, Value: var leaf } || Again(leaf.ToLeaf())
        );

    [Fact]
    public void Evidence_files() =>
        Fuzz(
            Generate.Near(EvidenceTests.Right().ToJson()),
            bytes =>
                Protocol.Evidence.Parse(bytes) is not { Ok: true, Value: var evidence } || evidence.Verify().Count > 0,
            count: 1000
        );

    [Fact]
    public void Canonical_json() =>
        Fuzz(
            Generate.Near("""{"b":[1,2.5e3,null,true],"a":{"é":"\u0041"}}"""u8.ToArray()),
            bytes =>
                CanonicalJson.Of(bytes) is not { Ok: true, Value: var once }
                || CanonicalJson.Of(once).Required().SequenceEqual(once)
        );

    [Fact]
    public void Names() =>
        Fuzz(
            Generate.Near(
                "liaison@es.interior"u8.ToArray(),
                "es.interior"u8.ToArray(),
                Encoding.ASCII.GetBytes(Hash.Zero.ToString())
            ),
            bytes =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                return (!Address.TryParse(text, out var address) || address.ToString() == text)
                    && (!NodeId.TryParse(text, out var node) || node.ToString() == text)
                    && (!Hash.TryParse(text, out var hash) || hash.ToString() == text)
                    && (!WireTime.TryParse(text, out var at) || WireTime.Format(at) == text);
            }
        );

    private static void FuzzSigned<T>(
        string typ,
        T right,
        System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type,
        Func<string, bool> open
    )
    {
        open(Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(right, type), typ, Signer)).ShouldBeTrue();
        Fuzz(
            Generate.Near(JsonSerializer.SerializeToUtf8Bytes(right, type)),
            bytes => open(Jws.Sign(bytes, typ, Signer)) || true
        );
    }

    private static void Fuzz(Gen<byte[]> near, Func<byte[], bool> holds, int count = Count) =>
        Prop.ForAll(Gen.Frequency((9, near), (1, Generate.Bytes)).ToArbitrary(), holds).Check(Generate.Times(count));

    private static bool Survives(Opened<OpenedEnvelope> opened)
    {
        for (var i = 0; i < opened.Value?.Lines.Count; i++)
            opened.Value.Read(i);
        return true;
    }

    private static bool Again(byte[] leaf) => LedgerEvent.Parse(leaf).Required().ToLeaf().SequenceEqual(leaf);

    private static byte[] Json(JsonElement json) => JsonSerializer.SerializeToUtf8Bytes(json);

    private static string WithBody(string body)
    {
        var line = Encoding.UTF8.GetString(
            (Sample.Request() with { Body = JsonDocument.Parse("{}").RootElement }).ToLine()
        );
        return line.Replace("\"body\":{}", "\"body\":" + body, StringComparison.Ordinal);
    }

    private static Message Full() =>
        Sample.Request() with
        {
            ReplyTo = Sample.Id(2),
            Tlp = "AMBER",
            Pap = "GREEN",
            Evaluation = new Evaluation("4x4", "A", "1"),
            Transfer = new Transfer("adequacy", "example"),
            Serves = [Sample.Id(3)],
            Attachments =
            [
                new Attachment("a.txt", "text/plain", 1, Hash.Of("a"u8)) { Content = [97] },
                new Attachment("b.bin", "application/octet-stream", 1 << 30, Hash.Zero)
                {
                    Id = Sample.Id(4),
                    Key = AttachmentKey.Create(),
                },
            ],
        };

    private static Batch ExampleBatch() => new(Sample.Rabat, Sample.Madrid, 1, 1, Hash.Zero, Hash.Zero, Sample.At);

    private static TreeHead ExampleHead() => new(Sample.Rabat, 1, Hash.Zero, Sample.At);

    private static Receipt ExampleReceipt() =>
        new(
            Sample.Rabat,
            Sample.Madrid,
            Sample.At,
            Hash.Zero,
            [
                new ReceiptEntry(1, Sample.Id(1), Hash.Zero, ReceiptStatus.Accepted, Leaf: 0),
                new ReceiptEntry(2, Sample.Id(2), Hash.Zero, ReceiptStatus.Rejected, Reason.Policy),
            ],
            new ReceiptHead(1, Hash.Zero, Sample.At)
        );
}
