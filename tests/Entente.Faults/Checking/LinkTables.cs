namespace Entente.Faults.Checking;

/// <summary>One direction of one link, as both ends have it: what was sent, and what was taken.</summary>
internal sealed class LinkTables(NodeTables sender, NodeTables receiver)
{
    public NodeTables Sender => sender;

    public NodeTables Receiver => receiver;

    public string Place => $"{sender.Node}→{receiver.Node}";

    public IReadOnlyList<EnvelopeRow> Sent { get; } =
    [.. sender.Envelopes.Where(e => e.Direction == "out" && e.Partner == receiver.Node)];

    public IReadOnlyList<EnvelopeRow> Taken { get; } =
    [.. receiver.Envelopes.Where(e => e.Direction == "in" && e.Partner == sender.Node)];

    public IReadOnlyDictionary<long, EntryRow> SentEntries { get; } =
        sender.Entries.Where(e => e.Direction == "out" && e.Partner == receiver.Node).ToDictionary(e => e.Seq);

    public IReadOnlyDictionary<long, EntryRow> TakenEntries { get; } =
        receiver.Entries.Where(e => e.Direction == "in" && e.Partner == sender.Node).ToDictionary(e => e.Seq);

    public IReadOnlyDictionary<string, MessageRow> SentMessages { get; } =
        sender.Messages.Where(m => m.Direction == "out" && m.Partner == receiver.Node).ToDictionary(m => m.Id);

    public IReadOnlyDictionary<string, MessageRow> TakenMessages { get; } =
        receiver.Messages.Where(m => m.Direction == "in" && m.Partner == sender.Node).ToDictionary(m => m.Id);

    public ChainRow? SentChain { get; } =
        sender.Chains.FirstOrDefault(c => c.Direction == "out" && c.Partner == receiver.Node);

    public ChainRow? TakenChain { get; } =
        receiver.Chains.FirstOrDefault(c => c.Direction == "in" && c.Partner == sender.Node);

    public static IEnumerable<LinkTables> All(IReadOnlyList<NodeTables> nodes) =>
        from one in nodes
        from other in nodes
        where one.Links.Any(l => l.Partner == other.Node) && other.Links.Any(l => l.Partner == one.Node)
        select new LinkTables(one, other);
}
