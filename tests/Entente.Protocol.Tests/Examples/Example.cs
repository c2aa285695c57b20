using System.Text;
using System.Text.Json.Nodes;

namespace Entente.Protocol.Tests;

/// <summary>What the specification's examples say: two invented messages from Rabat to Madrid and all that follows from them.</summary>
internal static class Example
{
    public static readonly DateTimeOffset At = Sample.At;
    public static readonly Keys Rabat = Folder.KeysOf("ma.interieur");
    public static readonly Keys Madrid = Folder.KeysOf("es.interior");

    public static LinkCard RabatCard =>
        Sample.Card(Sample.Rabat, Rabat) with
        {
            Names = Names("Ministère de l’Intérieur (exemple)", "وزارة الداخلية (مثال)"),
        };

    public static LinkCard MadridCard =>
        Sample.Card(Sample.Madrid, Madrid) with
        {
            Names = Names("Ministère de l’Intérieur espagnol (exemple)", "وزارة الداخلية الإسبانية (مثال)"),
        };

    /// <summary>Rabat's keys and card after a rotation.</summary>
    public static readonly Keys NextKeys = Folder.KeysOf("ma.interieur.next");

    public static LinkCard Next =>
        RabatCard with
        {
            Jwks = new JwkSet([NextKeys.Signing.PublicJwk, NextKeys.Agreement.PublicJwk]),
            Issued = At.AddMonths(6),
        };

    /// <summary>The third and last chunk of a file, under a key that anyone can guess.</summary>
    public static JsonObject Chunk()
    {
        var key = new AttachmentKey(
            [.. Enumerable.Range(0, 32).Select(i => (byte)i)],
            [.. Enumerable.Range(64, 8).Select(i => (byte)i)]
        );
        const string Text = "the end of an example";
        var sealedChunk = AttachmentChunks.Seal(Encoding.UTF8.GetBytes(Text), key, Sample.Id(5), 2, last: true);
        return new JsonObject
        {
            ["id"] = Sample.Id(5),
            ["key"] = Convert.ToBase64String(key.Key),
            ["prefix"] = Convert.ToBase64String(key.Prefix),
            ["number"] = 2,
            ["last"] = true,
            ["text"] = Text,
            ["sealed"] = Convert.ToBase64String(sealedChunk),
        };
    }

    public static Message Request =>
        Sample.Request(1) with
        {
            Subject = "Vérification d’un document",
            Evaluation = new Evaluation("4x4", "B", "2"),
            Serves = [Sample.Id(77)],
            Attachments =
            [
                new Attachment("note.txt", "text/plain", 7, Hash.Of("exemple"u8)) { Content = "exemple"u8.ToArray() },
            ],
        };

    public static Message Progress =>
        Sample.Request(2) with
        {
            Kind = Kinds.Progress,
            Subject = "Vu",
            ReplyTo = Sample.Id(900),
            Purpose = null,
            Basis = null,
            Subjects = null,
            Body = new ProgressBody(Sample.Id(900), ProgressStates.Seen, At).ToBody(),
        };

    public static ReadOnlyMemory<byte>[] Lines => [Request.ToLine(), Progress.ToLine()];

    public static Batch Batch => new(Sample.Rabat, Sample.Madrid, 1, 2, Envelope.Root(Lines), Hash.Zero, At);

    public static byte[][] Leaves => [Leaf(Request, Lines[0]), Leaf(Progress, Lines[1])];

    public static MerkleLeaves Ledger => MerkleLeaves.Of(Leaves.Select(leaf => MerkleTree.LeafHash(leaf)));

    public static Receipt Receipt(Hash envelope) =>
        new(
            Sample.Madrid,
            Sample.Rabat,
            At.AddMilliseconds(250),
            envelope,
            [Entry(0, Request), Entry(1, Progress)],
            new ReceiptHead(2, MerkleTree.Root(Ledger, 2), At.AddMilliseconds(240))
        );

    public static TreeHead Head => new(Sample.Madrid, 2, MerkleTree.Root(Ledger, 2), At.AddMilliseconds(240));

    public static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static ReceiptEntry Entry(int index, Message message) =>
        new(index + 1, message.Id, Hash.Of(Lines[index].Span), ReceiptStatus.Accepted, Leaf: index);

    private static byte[] Leaf(Message message, ReadOnlyMemory<byte> line) =>
        new LedgerEvent(
            At.AddMilliseconds(200),
            "es.interior",
            LedgerAction.Receive,
            message.Id.ToString(),
            message.Kind,
            Hash.Of(line.Span),
            "ma.interieur"
        ).ToLeaf();

    private static Dictionary<string, string> Names(string fr, string ar) => new() { ["fr"] = fr, ["ar"] = ar };
}
