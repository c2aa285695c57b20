using Entente.Protocol;

namespace Entente.Node.Ledger;

/// <summary>The whole ledger at one moment: how many leaves, and the root over them.</summary>
public sealed record LedgerHead(long Size, Hash Root, DateTimeOffset At)
{
    /// <summary>As a receipt carries it.</summary>
    public ReceiptHead ForReceipt() => new(Size, Root, At);

    /// <summary>The node's signed word on it.</summary>
    public string Sign(NodeId node, SigningKey key) => new TreeHead(node, Size, Root, At).Sign(key);
}
