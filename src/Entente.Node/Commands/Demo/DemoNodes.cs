namespace Entente.Node.Commands.Demo;

/// <summary>The demo's nodes while they run, each a process of its own.</summary>
internal sealed class DemoNodes : IAsyncDisposable
{
    private readonly List<NodeProcess> _processes = [];

    private DemoNodes() { }

    public static async Task<DemoNodes> StartAsync(
        DemoFolder folder,
        DemoState state,
        TimeProvider clock,
        CancellationToken cancellation
    )
    {
        var running = new DemoNodes();
        var ready = false;
        try
        {
            running._processes.AddRange(state.Nodes.Select(n => NodeProcess.Start(n.Home(folder.Path).Folder, clock)));
            await Task.WhenAll(
                running._processes.Zip(
                    state.Nodes,
                    (process, node) => process.WaitUntilReadyAsync(node.Pages, cancellation)
                )
            );
            ready = true;
            return running;
        }
        finally
        {
            if (!ready)
            {
                await running.DisposeAsync(); // Nothing half made stays.
            }
        }
    }

    /// <summary>Memory each node holds now, in bytes, in the order of the state's nodes.</summary>
    public IReadOnlyList<long> ResidentBytes => [.. _processes.Select(p => p.ResidentBytes)];

    /// <summary>Completes when any of the nodes has ended.</summary>
    public Task AnyEnded(CancellationToken cancellation) => Task.WhenAny(_processes.Select(p => p.Ended(cancellation)));

    public async ValueTask DisposeAsync() => await Task.WhenAll(_processes.Select(p => p.DisposeAsync().AsTask()));
}
