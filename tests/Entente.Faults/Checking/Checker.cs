namespace Entente.Faults.Checking;

/// <summary>
/// Reads the databases of all nodes of a history, after it, and holds everything against everything: the promises made to
/// users, both ends of each link, the ledgers, the signatures. An honest history leaves no complaint.
/// </summary>
internal static class Checker
{
    /// <param name="promises">In the order in which they were made, for each link.</param>
    /// <param name="mayWait">Whether messages may still be on their way.</param>
    public static IReadOnlyList<string> Check(
        IReadOnlyList<NodeTables> nodes,
        IReadOnlyList<Promise> promises,
        bool mayWait = false
    )
    {
        using var keys = new SigningKeys();
        List<string> complaints = [.. nodes.SelectMany(keys.Learn)];
        var ledgers = nodes.ToDictionary(n => n.Node, n => new LedgerChecks(n, keys));
        foreach (var node in nodes)
        {
            complaints.AddRange(ledgers[node.Node].Leaves());
            complaints.AddRange(ledgers[node.Node].KeptNodes());
            complaints.AddRange(ledgers[node.Node].Heads([.. nodes.Where(n => n != node)]));
            complaints.AddRange(new ContentChecks(node).All());
        }

        foreach (var link in LinkTables.All(nodes))
        {
            var kept = promises.Where(p => (p.From, p.To) == (link.Sender.Node, link.Receiver.Node)).ToList();
            complaints.AddRange(new ChainChecks(link, keys).All());
            complaints.AddRange(new ReceiptChecks(link, keys, ledgers[link.Receiver.Node]).All());
            complaints.AddRange(new DeliveryChecks(link, kept).All(mayWait));
        }

        return complaints;
    }

    /// <summary>Among honest nodes no fault of machine or network may look like a lie.</summary>
    public static IEnumerable<string> Alarms(IReadOnlyList<NodeTables> nodes)
    {
        foreach (var node in nodes)
        {
            foreach (var alarm in node.Alarms)
            {
                yield return $"{node.Node}: an alarm where nobody lied: {alarm.Kind} {alarm.Link} {alarm.Detail}";
            }

            foreach (var link in node.Links.Where(l => l.State != "active"))
            {
                yield return $"{node.Node}: the link to {link.Partner} is {link.State} ({link.Reason})";
            }
        }
    }
}
