namespace Entente.Node.Tests.Support;

/// <summary>Where a node of several instances is reached when the balancer before them is another's.</summary>
/// <param name="Link">The address that partners use.</param>
/// <param name="Pages">The one that officers use.</param>
/// <param name="LinkPorts">Where each instance listens for partners.</param>
/// <param name="PagePorts">Where each instance listens for officers.</param>
internal sealed record InstanceDoors(int Link, int Pages, IReadOnlyList<int> LinkPorts, IReadOnlyList<int> PagePorts)
{
    public static InstanceDoors Free(int instances) =>
        new(TestNode.FreePort(), TestNode.FreePort(), Ports(instances), Ports(instances));

    private static IReadOnlyList<int> Ports(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => TestNode.FreePort())];
}
