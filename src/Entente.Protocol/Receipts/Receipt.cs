using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>
/// The receiver's signed word that an envelope is durably in its keeping. Signed only after messages, ledger leaves and
/// chain head are committed; its time starts the legal clocks.
/// </summary>
public sealed record Receipt(
    NodeId From,
    NodeId To,
    DateTimeOffset At,
    Hash Envelope,
    IReadOnlyList<ReceiptEntry> Entries,
    ReceiptHead TreeHead
) : Extensible
{
    internal const string Type = "entente-receipt+jwt";

    [JsonPropertyOrder(-1)]
    public int V { get; init; } = 1;

    public string Sign(SigningKey key) =>
        Jws.Sign(JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Wire.Receipt), Type, key);

    /// <summary>Checks signature and form; <see cref="Answers"/> checks that it is about what we sent.</summary>
    public static Opened<Receipt> Open(string jws, VerificationKey receiver)
    {
        var payload = Jws.Open(jws, Type, receiver);
        if (!payload.Ok)
            return payload.Refusal;
        var receipt = WireText.Read(payload.Value, WireJson.Wire.Receipt);
        return receipt.Ok && Fault(receipt.Value) is { } fault ? Refusal.Malformed(fault) : receipt;
    }

    /// <summary>
    /// Null when the receipt is by <paramref name="receiver"/>, for this envelope, and accounts for each of its lines once
    /// and in order; otherwise what is wrong with it.
    /// </summary>
    public Refusal? Answers(SealedLines sent, NodeId sender, NodeId receiver)
    {
        if (From != receiver || To != sender)
            return new Refusal(Reason.WrongRecipient, "The receipt is of another link.");
        if (Envelope != sent.Sha256)
            return new Refusal(Reason.Fork, "The receipt is for another envelope.");
        if (Entries.Count != sent.Lines.Count)
            return Refusal.Malformed("The receipt does not account for every message.");
        for (var i = 0; i < Entries.Count; i++)
            if (Entries[i].Seq != sent.First + i || Entries[i].Sha256 != sent.Lines[i])
                return new Refusal(Reason.Fork, $"The receipt names another message in place {sent.First + i}.");
        return null;
    }

    private static string? Fault(Receipt receipt) =>
        receipt switch
        {
            { V: not 1 } => "The receipt's version is not 1.",
            { Entries.Count: > Protocol.Envelope.MaxMessages } => "The receipt has too many entries.",
            { TreeHead.Size: < 0 or > WireText.MaxNumber } => "The receipt's tree head has a size out of range.",
            _ when receipt.Entries.Any(entry => entry is null || !IsWhole(entry, receipt.TreeHead.Size)) =>
                "An entry of the receipt contradicts itself.",
            _ => null,
        };

    private static bool IsWhole(ReceiptEntry entry, long ledgerSize) =>
        entry.Seq > 0
        && (entry.Reason is not null) == (entry.Status == ReceiptStatus.Rejected)
        && (entry.Leaf is not null || entry.Status == ReceiptStatus.Rejected)
        && (entry.Leaf is not { } leaf || (leaf >= 0 && leaf < ledgerSize));
}

/// <summary>What a sender must remember of an envelope to check its receipt: hash, first seq, and the hash of each line.</summary>
public sealed record SealedLines(Hash Sha256, long First, IReadOnlyList<Hash> Lines);
