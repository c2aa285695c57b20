using Entente.Faults.Checking;
using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Verification;

namespace Entente.Faults.Histories;

/// <summary>One node of a history: its process, the wire before its link door, and its clock.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly SemaphoreSlim _life = new(1, 1);

    private Party(ProcessNode node, FaultyWire wire, int behind, ShiftedClock? clock) =>
        (Node, Wire, Behind, Clock) = (node, wire, behind, clock);

    public ProcessNode Node { get; }

    public FaultyWire Wire { get; }

    /// <summary>Where the wire leads: the port that the node listens at, or a balancer before its instances.</summary>
    public int Behind { get; }

    /// <summary>Null where it cannot be turned.</summary>
    public ShiftedClock? Clock { get; }

    public string Id => Node.Id;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="turns">Whether the process gets a clock that can be turned: it starts three times as slowly.</param>
    /// <param name="prepare">Changes the folder before anything is read from it.</param>
    public static async Task<Party> CreateAsync(
        string node,
        string engine,
        string where,
        bool turns,
        Action<NodeHome>? prepare = null
    )
    {
        Directory.CreateDirectory(where);
        var process = await ProcessNode.CreateAsync(node, engine, where, prepare);
        var behind = TestNode.FreePort();
        var wire = new FaultyWire(new Uri(process.Options.Link).Port, behind);
        process.ListenBehind(behind);
        return new Party(process, wire, behind, turns ? ShiftedClock.For(process) : null);
    }

    /// <summary>Kills the process and starts it again after a while; nothing where another strike is just doing that.</summary>
    /// <returns>Whether it was this one.</returns>
    public async Task<bool> KillAsync(TimeSpan down)
    {
        if (!Node.IsRunning || !await _life.WaitAsync(TimeSpan.Zero, Cancellation))
        {
            return false;
        }

        try
        {
            await Node.KillAsync();
            await Task.Delay(down, Cancellation);
            Node.Start();
            return true;
        }
        finally
        {
            _life.Release();
        }
    }

    public void StartIfDown()
    {
        if (!Node.IsRunning)
        {
            Node.Start();
        }
    }

    public async Task ReadyAsync()
    {
        StartIfDown();
        await TestNode.WaitUntilAsync(Node.IsReadyAsync, TimeSpan.FromMinutes(3));
    }

    /// <summary>Messages of ours without a receipt: what is waiting, whatever the links' state.</summary>
    public Task<long> WaitingAsync() => Node.CountWaitingAsync();

    public Task<NodeTables> TablesAsync() =>
        NodeTables.ReadAsync(Id, Node.Home.Folder, Node.Options.Database, Cancellation);

    /// <summary>What the node's own `verify` says of its folder.</summary>
    public async Task<IReadOnlyList<string>> VerifyAsync()
    {
        var (report, _) = await NodeVerification.RunAsync(Node.Home, _ => Advance.None, Cancellation);
        return [.. report.Problems.Select(p => $"{Id}: verify says of {p.Row}: {p.What}")];
    }

    public async Task<string?> LinkFailureAsync(string partner) =>
        (await Node.Services.GetRequiredService<LinkHealth>().ListAsync(Cancellation))
            .FirstOrDefault(link => link.Partner == partner)
            ?.Failure;

    public async ValueTask DisposeAsync()
    {
        _life.Dispose();
        await Node.DisposeAsync();
        await Wire.DisposeAsync();
    }
}
