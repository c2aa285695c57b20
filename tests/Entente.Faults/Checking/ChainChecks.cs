using System.Buffers.Text;

namespace Entente.Faults.Checking;

/// <summary>
/// The chain of envelopes of one direction: both ends have the same one, without holes, each signed by its sender over
/// the messages that both have under it.
/// </summary>
internal sealed class ChainChecks(LinkTables link, SigningKeys keys)
{
    private const string Beginning = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    public IEnumerable<string> All() =>
        Follow(link.Sent, link.SentChain, $"{link.Place} as sent")
            .Concat(Follow(link.Taken, link.TakenChain, $"{link.Place} as taken"))
            .Concat(Signatures())
            .Concat(Roots(link.Sent, link.SentEntries, "as sent"))
            .Concat(Roots(link.Taken, link.TakenEntries, "as taken"))
            .Concat(SameOnBothSides());

    private static IEnumerable<string> Follow(IReadOnlyList<EnvelopeRow> envelopes, ChainRow? chain, string place)
    {
        var (next, prev) = (1L, Beginning);
        foreach (var envelope in envelopes)
        {
            if (envelope.First != next || envelope.Prev != prev)
            {
                yield return $"{place}: the envelope at {envelope.First} does not follow the one that ends before {next}";
            }

            (next, prev) = (envelope.First + envelope.Count, envelope.Sha256);
            if (envelope.Jwe is { } jwe && Signed.Sha256(jwe) != envelope.Sha256)
            {
                yield return $"{place}: the bytes kept for {envelope.First} are not the ones that were sealed";
            }
        }

        if ((chain?.Next ?? 1, chain?.Prev ?? Beginning) != (next, prev))
        {
            yield return $"{place}: the chain stands at {chain?.Next}, its envelopes end before {next}";
        }
    }

    private IEnumerable<string> Signatures()
    {
        foreach (var envelope in link.Sent.Concat(link.Taken))
        {
            var batch = Signed.Read(envelope.Batch);
            var holds =
                batch is not null
                && batch.IsBy(keys.Of(link.Sender.Node), "entente-batch+jwt")
                && (batch["from"], batch["to"]) == (link.Sender.Node, link.Receiver.Node)
                && (batch.Number("first"), batch.Number("count")) == (envelope.First, envelope.Count)
                && (batch["root"], batch["prev"]) == (envelope.Root, envelope.Prev);
            if (!holds)
            {
                yield return $"{link.Place}: the signed batch at {envelope.First} does not say what the row says";
            }
        }
    }

    private IEnumerable<string> Roots(
        IReadOnlyList<EnvelopeRow> envelopes,
        IReadOnlyDictionary<long, EntryRow> entries,
        string side
    )
    {
        foreach (var envelope in envelopes)
        {
            List<byte[]> leaves = [];
            for (var seq = envelope.First; seq < envelope.First + envelope.Count; seq++)
            {
                if (entries.TryGetValue(seq, out var entry))
                {
                    leaves.Add(Base64Url.DecodeFromChars(entry.MerkleLeaf));
                }
            }

            if (leaves.Count != envelope.Count || Tree.Text(Tree.Root(leaves.ToArray())) != envelope.Root)
            {
                yield return $"{link.Place} {side}: the messages at {envelope.First} do not add up to the signed root";
            }
        }

        if (entries.Count != envelopes.Sum(e => e.Count))
        {
            yield return $"{link.Place} {side}: {entries.Count} entries for {envelopes.Sum(e => e.Count)} places";
        }
    }

    /// <summary>The receiver may be behind by what is still on its way; it has nothing that was not sent.</summary>
    private IEnumerable<string> SameOnBothSides()
    {
        foreach (var (taken, i) in link.Taken.Select((e, i) => (e, i)))
        {
            var sent = i < link.Sent.Count ? link.Sent[i] : null;
            if (sent is null || (sent.Sha256, sent.First, sent.Count) != (taken.Sha256, taken.First, taken.Count))
            {
                yield return $"{link.Place}: the envelope taken at {taken.First} is not the one that was sent";
            }
        }

        foreach (var (seq, taken) in link.TakenEntries)
        {
            var sent = link.SentEntries.GetValueOrDefault(seq);
            var sameId = sent?.Id == taken.Id || taken.Status == "rejected"; // One that cannot be read has no id there.
            if (sent?.Sha256 != taken.Sha256 || !sameId)
            {
                yield return $"{link.Place}: message {seq} is {sent?.Id} here and {taken.Id} there";
            }
        }

        foreach (var envelope in link.Sent.Skip(link.Taken.Count).Where(e => e.State != "sealed"))
        {
            yield return $"{link.Place}: {envelope.First} is {envelope.State} and the receiver has never seen it";
        }
    }
}
