using Entente.Node.Hosting;

namespace Entente.Faults.Histories;

/// <summary>A party's node as several instances over its one database, behind a balancer that knows nothing of them.</summary>
internal sealed class SeveralInstances : IAsyncDisposable
{
    private readonly Balancer _balancer;

    private SeveralInstances(Balancer balancer, IReadOnlyList<NodeHome> homes) =>
        (_balancer, Homes) = (balancer, homes);

    /// <summary>Each one's folder.</summary>
    public IReadOnlyList<NodeHome> Homes { get; }

    public static SeveralInstances Of(Party party, int count)
    {
        List<int> doors = [.. Enumerable.Range(0, count).Select(_ => TestNode.FreePort())];
        var node = party.Node;
        return new SeveralInstances(
            new Balancer(party.Behind, doors),
            [.. doors.Select((door, i) => InstanceHome.Copy(node.Home, node.Options, TestNode.FreePort(), door, i))]
        );
    }

    public ValueTask DisposeAsync() => _balancer.DisposeAsync();
}
