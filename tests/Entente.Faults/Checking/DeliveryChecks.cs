namespace Entente.Faults.Checking;

/// <summary>
/// What users were promised: each message they were told is sent exists once on both sides or still waits; none overtook
/// another that it may not; each refusal was said to the sender and stands in both ledgers.
/// </summary>
internal sealed class DeliveryChecks(LinkTables link, IReadOnlyList<Promise> promises)
{
    /// <param name="mayWait">False once the faults are over and everything had its time.</param>
    public IEnumerable<string> All(bool mayWait) =>
        Kept(mayWait)
            .Concat(Standing())
            .Concat(Once())
            .Concat(Order(_ => "all"))
            .Concat(Order(p => p.Case))
            .Concat(Accounted());

    private IEnumerable<string> Kept(bool mayWait)
    {
        foreach (var promise in promises)
        {
            var sent = link.SentMessages.GetValueOrDefault(promise.Id);
            var taken = link.TakenMessages.GetValueOrDefault(promise.Id);
            if (Fault(promise, sent, taken, mayWait) is { } fault)
            {
                yield return $"{link.Place}: message {promise.Id} {fault}";
            }
        }

        var known = promises.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var id in link.TakenMessages.Keys.Where(id => !link.SentMessages.ContainsKey(id)))
        {
            yield return $"{link.Place}: message {id} was taken and never sent";
        }

        foreach (var message in link.SentMessages.Values.Where(m => m.Kind != "progress" && !known.Contains(m.Id)))
        {
            yield return $"{link.Place}: message {message.Id} was sent by nobody";
        }
    }

    private static string? Fault(Promise promise, MessageRow? sent, MessageRow? taken, bool mayWait) =>
        (sent?.State, taken) switch
        {
            (null, null) => promise.IsAcknowledged ? "was acknowledged and is gone" : null,
            (null, _) => "is with the receiver and not with its sender",
            ("queued" or "sealed", null) or ("sealed", _) => mayWait ? null : $"still waits ({sent!.State})",
            ("queued", _) => "is queued, and the receiver has it",
            ("delivered", null) => "is delivered, and the receiver does not have it",
            ("delivered", _) when promise.IsRefused => "should have been rejected",
            ("delivered", _) => null,
            ("rejected", not null) => "is rejected, and the receiver has it",
            ("rejected", _) => promise.IsRefused ? null : $"was rejected: {sent!.Reason}",
            _ => $"is {sent!.State}",
        };

    /// <summary>A message stands as its entry does, on both sides, and an entry that was taken has its message.</summary>
    private IEnumerable<string> Standing()
    {
        foreach (var message in link.SentMessages.Values)
        {
            var entry = message.Seq is { } seq ? link.SentEntries.GetValueOrDefault(seq) : null;
            var holds =
                (message.State, entry?.Status)
                is
                    ("queued", null)
                    or
                    ("sealed", "sealed")
                    or
                    ("delivered", "accepted")
                    or
                    ("rejected", "rejected");
            if (!holds || message.Reason != entry?.Reason)
            {
                yield return $"{link.Place}: message {message.Id} is {message.State}, its entry {entry?.Status}";
            }
        }

        foreach (var entry in link.TakenEntries.Values)
        {
            var message = link.TakenMessages.GetValueOrDefault(entry.Id);
            var holds = (entry.Status, message?.State) is ("accepted", "received") or ("rejected", null);
            if (!holds || (entry.Status == "rejected") != (entry.Reason is not null))
            {
                yield return $"{link.Place}: the entry at {entry.Seq} is {entry.Status}, its message {message?.State}";
            }
        }
    }

    /// <summary>One place in the sequence, one leaf of taking, one of disclosing.</summary>
    private IEnumerable<string> Once()
    {
        var twice = link.TakenEntries.Values.Where(e => e.Status == "accepted").CountBy(e => e.Id);
        foreach (var (id, count) in twice.Where(c => c.Value != 1))
        {
            yield return $"{link.Place}: message {id} was taken {count} times";
        }

        foreach (var (id, count) in link.SentEntries.Values.CountBy(e => e.Id).Where(c => c.Value != 1))
        {
            yield return $"{link.Place}: message {id} was given {count} places";
        }

        var disclosed = Leaves(link.Sender, "disclose", link.Receiver.Node);
        foreach (
            var message in link.SentMessages.Values.Where(m => disclosed.GetValueOrDefault($"message:{m.Id}") != 1)
        )
        {
            yield return $"{link.Place}: message {message.Id} is not once in the sender's ledger";
        }

        var received = Leaves(link.Receiver, "receive", link.Sender.Node);
        foreach (var entry in link.TakenEntries.Values.Where(e => received.GetValueOrDefault($"message:{e.Id}") != 1))
        {
            yield return $"{link.Place}: message {entry.Id} is not once in the receiver's ledger";
        }
    }

    /// <summary>Sent later and not more urgent is delivered later; <paramref name="thread"/> says among which.</summary>
    private IEnumerable<string> Order(Func<Promise, string> thread)
    {
        foreach (var messages in promises.Where(p => p.IsAcknowledged).GroupBy(thread))
        {
            var last = new Dictionary<int, long>();
            foreach (var promise in messages)
            {
                if (link.SentMessages.GetValueOrDefault(promise.Id)?.Seq is not { } seq)
                {
                    continue;
                }

                if (last.Any(l => l.Key <= promise.Priority && l.Value > seq))
                {
                    yield return $"{link.Place}: message {promise.Id} at {seq} overtook one sent before it";
                }

                last[promise.Priority] = Math.Max(last.GetValueOrDefault(promise.Priority), seq);
            }
        }
    }

    /// <summary>Envelopes and receipts have their leaves; on a quiet link none has.</summary>
    private IEnumerable<string> Accounted()
    {
        var once = IsQuiet ? 0 : 1;
        var leaves = link
            .Sender.Leaves.Where(l => l.Link == link.Receiver.Node)
            .CountBy(l => (l.Object, l.Why, l.Hash))
            .ToDictionary();
        foreach (var envelope in link.Sent)
        {
            var name = $"envelope:{envelope.Sha256}";
            var receipt = envelope.Receipt is null ? null : Signed.Sha256(envelope.Receipt);
            if (leaves.GetValueOrDefault((name, "sealed", envelope.Sha256)) != once)
            {
                yield return $"{link.Place}: the sealing at {envelope.First} is not {once} times in the sender's ledger";
            }

            if (receipt is not null && leaves.GetValueOrDefault((name, "receipt", receipt)) != once)
            {
                yield return $"{link.Place}: the receipt of {envelope.First} is not {once} times in the sender's ledger";
            }
        }
    }

    /// <summary>Not between two of the Union's, which one law binds.</summary>
    private bool IsQuiet =>
        link.Sender.Node.StartsWith("ma.", StringComparison.Ordinal)
        || link.Receiver.Node.StartsWith("ma.", StringComparison.Ordinal);

    private static Dictionary<string, int> Leaves(NodeTables node, string action, string partner) =>
        node.Leaves.Where(l => l.Action == action && l.Link == partner).CountBy(l => l.Object).ToDictionary();
}
