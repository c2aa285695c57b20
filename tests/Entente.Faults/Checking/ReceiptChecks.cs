using System.Text.Json;

namespace Entente.Faults.Checking;

/// <summary>
/// Each receipt: signed by the receiver, about exactly this envelope, true to the receiver's own database, its ledger
/// leaves there and its tree head a head of that ledger; and the sender told its officers just that.
/// </summary>
internal sealed class ReceiptChecks(LinkTables link, SigningKeys keys, LedgerChecks receiversLedger)
{
    public IEnumerable<string> All()
    {
        var receipts = link
            .Sent.Where(e => e.Receipt is not null)
            .Select(e => (Envelope: e, Receipt: Signed.Read(e.Receipt!)))
            .ToList();
        var roots = receiversLedger.RootsAt(receipts.Select(r => Head(r.Receipt).Size));
        foreach (var (envelope, receipt) in receipts)
        {
            var place = $"{link.Place}: the receipt of {envelope.First}";
            if (receipt is null || !receipt.IsBy(keys.Of(link.Receiver.Node), "entente-receipt+jwt"))
            {
                yield return $"{place} is not signed by the receiver";
                continue;
            }

            foreach (var fault in Faults(envelope, receipt, roots))
            {
                yield return $"{place} {fault}";
            }
        }

        foreach (var envelope in link.Sent.Where(e => (e.Receipt is null) != (e.State == "sealed")))
        {
            yield return $"{link.Place}: the envelope at {envelope.First} is {envelope.State} without its receipt";
        }
    }

    private IEnumerable<string> Faults(EnvelopeRow envelope, Signed receipt, Dictionary<long, string> roots)
    {
        if ((receipt["from"], receipt["to"]) != (link.Receiver.Node, link.Sender.Node))
        {
            yield return "is between others";
        }

        if (receipt["envelope"] != envelope.Sha256)
        {
            yield return "names another envelope";
        }

        var (size, root) = Head(receipt);
        if (roots.GetValueOrDefault(size) != root)
        {
            yield return $"states a head of {size} that the receiver's ledger never had";
        }

        var entries = receipt.Payload.GetProperty("entries").EnumerateArray().ToList();
        if (entries.Count != envelope.Count)
        {
            yield return $"has {entries.Count} entries for {envelope.Count} messages";
        }

        foreach (var entry in entries)
        {
            if (EntryFault(entry, size, receipt["at"]) is { } fault)
            {
                yield return $"at {entry.GetProperty("seq").GetInt64()} {fault}";
            }
        }
    }

    private string? EntryFault(JsonElement said, long size, string at)
    {
        var seq = said.GetProperty("seq").GetInt64();
        var (sent, taken) = (link.SentEntries.GetValueOrDefault(seq), link.TakenEntries.GetValueOrDefault(seq));
        if (sent is null || taken is null)
        {
            return "is of a message that one side does not have";
        }

        var status = Signed.Word(said, "status");
        var rejected = status == "rejected";
        var leaf = said.GetProperty("leaf").GetInt64();
        if (Signed.Word(said, "sha256") != sent.Sha256)
        {
            return "is of another text";
        }

        if (rejected != (taken.Status == "rejected") || rejected != (sent.Status == "rejected") || leaf != taken.Leaf)
        {
            return $"says {status}, leaf {leaf}; the receiver has {taken.Status}, {taken.Leaf}; the sender {sent.Status}";
        }

        if (leaf >= size || !IsAbout(link.Receiver.Leaves[(int)leaf], taken))
        {
            return $"names leaf {leaf}, which is not about it";
        }

        return Told(sent, rejected, Signed.Word(said, "reason"), at);
    }

    /// <summary>What the sender's officers see is what was signed to them.</summary>
    private string? Told(EntryRow sent, bool rejected, string reason, string at)
    {
        var message = link.SentMessages.GetValueOrDefault(sent.Id);
        var time = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        var (state, delivered) = rejected ? ("rejected", (long?)null) : ("delivered", time);
        return (message?.State, message?.Reason ?? "") != (state, reason) || message?.Delivered != delivered
            ? $"is {state} ({reason}), and the sender shows {message?.State} ({message?.Reason})"
            : null;
    }

    private static bool IsAbout(LeafRow leaf, EntryRow taken) =>
        leaf.Action == "receive"
        && leaf.Object == $"message:{taken.Id}"
        && leaf.Hash == taken.Sha256
        && leaf.Why.StartsWith("rejected:", StringComparison.Ordinal) == (taken.Status == "rejected");

    private static (long Size, string Root) Head(Signed? receipt) =>
        receipt is not null && receipt.Payload.TryGetProperty("treeHead", out var head)
            ? (head.GetProperty("size").GetInt64(), Signed.Word(head, "root"))
            : (-1, "");
}
