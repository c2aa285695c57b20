using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>What a receipt says of an envelope; the same at its first delivery and at every repetition.</summary>
internal sealed record ReceivedEnvelope(Hash Sha256, DateTimeOffset At, IReadOnlyList<ReceivedEntry> Entries);

/// <param name="Leaf">Null where it was rejected and the day's leaf accounts for it.</param>
internal sealed record ReceivedEntry(long Seq, Guid Id, Hash Sha256, Reason? Rejected, long? Leaf)
{
    public ReceiptEntry ToReceipt(bool duplicate)
    {
        var status = (Rejected, duplicate) switch
        {
            (not null, _) => ReceiptStatus.Rejected,
            (_, true) => ReceiptStatus.Duplicate,
            _ => ReceiptStatus.Accepted,
        };
        return new ReceiptEntry(Seq, Id, Sha256, status, Rejected, Leaf);
    }
}
