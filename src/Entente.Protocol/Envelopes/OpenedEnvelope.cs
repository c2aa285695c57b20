namespace Entente.Protocol;

/// <summary>An envelope that was for us, from whom it says, unaltered. Its lines are not yet read as messages.</summary>
public sealed record OpenedEnvelope(
    Hash Sha256,
    Batch Batch,
    string BatchJws,
    IReadOnlyList<ReadOnlyMemory<byte>> Lines
)
{
    /// <summary>The Merkle leaf hash of each line, computed once while opening.</summary>
    public required IReadOnlyList<Hash> Leaves { get; init; }

    /// <summary>Reads line <paramref name="index"/> and checks that it is the message its place says it is.</summary>
    public Opened<Message> Read(int index)
    {
        var message = Message.Parse(Lines[index].Span);
        if (!message.Ok)
            return message;
        var (seq, from, to) = (message.Value.Seq, message.Value.From.Node, message.Value.To.Node);
        if (seq != Batch.First + index)
            return Refusal.Malformed($"The message in place {Batch.First + index} says it is {seq}.");
        return from == Batch.From && to == Batch.To
            ? message
            : new Refusal(Reason.WrongRecipient, "The message is of another link than its envelope.");
    }

    /// <summary>The proof that line <paramref name="index"/> is under the signed root; the other lines stay unrevealed.</summary>
    public IReadOnlyList<Hash> InclusionPath(int index) =>
        MerkleTree.InclusionProof(MerkleLeaves.Of(Leaves), index, Leaves.Count);
}
