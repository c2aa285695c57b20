using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>One line of an envelope with what is computed of it before the transaction begins.</summary>
internal sealed class ReceivedLine
{
    private ReceivedLine(long seq, ReadOnlyMemory<byte> line, Hash leaf, Opened<Message> opened)
    {
        Seq = seq;
        Line = line;
        Message = opened.Value;
        Sha256 = Hash.Of(line.Span);
        MerkleLeaf = leaf;
        Rejected = opened.Ok
            ? (Kinds.IsKnown(opened.Value.Kind) ? null : Reason.UnsupportedKind)
            : opened.Refusal.Reason;
    }

    public long Seq { get; }

    public ReadOnlyMemory<byte> Line { get; }

    /// <summary>Null when the line is no message.</summary>
    public Message? Message { get; }

    public Hash Sha256 { get; }

    public Hash MerkleLeaf { get; }

    /// <summary>Why it is not taken; null as long as nothing speaks against it.</summary>
    public Reason? Rejected { get; set; }

    /// <summary>The message's id; zero where none can be read.</summary>
    public Guid Id => Message?.Id ?? Guid.Empty;

    public static IReadOnlyList<ReceivedLine> Of(OpenedEnvelope envelope) =>
        [
            .. envelope.Lines.Select(
                (line, i) => new ReceivedLine(envelope.Batch.First + i, line, envelope.Leaves[i], envelope.Read(i))
            ),
        ];
}
