using System.Text.Json.Serialization;

namespace Entente.Protocol;

[JsonConverter(typeof(WireName<ReceiptStatus>))]
public enum ReceiptStatus
{
    Accepted,

    /// <summary>The same bytes came before: not an error, and the same leaf is named.</summary>
    Duplicate,
    Rejected,
}

/// <summary>
/// What became of one message. <paramref name="Leaf"/> is its index in the receiver's ledger, absent if it was
/// rejected before the ledger; <paramref name="Reason"/> is there exactly when it was rejected.
/// </summary>
public sealed record ReceiptEntry(
    long Seq,
    Guid Id,
    Hash Sha256,
    ReceiptStatus Status,
    Reason? Reason = null,
    long? Leaf = null
) : Extensible;
