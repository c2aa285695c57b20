using System.Diagnostics;
using Entente.Faults.Checking;
using Entente.Node.Hosting;

namespace Entente.Faults.Histories;

/// <summary>Nodes that are all linked with each other, in one folder that stays when their history fails.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private World(string folder, IReadOnlyList<Party> parties) => (Folder, Parties) = (folder, parties);

    public string Folder { get; }

    public IReadOnlyList<Party> Parties { get; }

    public Party this[string node] => Parties.Single(p => p.Id == node);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="turns">Whether clocks can be turned, where libfaketime is here.</param>
    /// <param name="prepare">Changes each folder before anything is read from it.</param>
    /// <param name="folder">Where; null for a new folder.</param>
    public static async Task<World> LinkedAsync(
        string engine,
        IReadOnlyList<string> nodes,
        bool turns = false,
        Action<NodeHome>? prepare = null,
        string? folder = null
    )
    {
        folder ??= Directory.CreateTempSubdirectory("entente-faults-").FullName;
        List<Party> parties = [];
        foreach (var node in nodes)
        {
            parties.Add(await Party.CreateAsync(node, engine, Path.Combine(folder, node), turns, prepare));
        }

        foreach (var party in parties)
        {
            foreach (var other in parties.Where(p => p != party))
            {
                await party.Node.Services.LinkAsync(await other.Node.Services.CardAsync());
            }
        }

        return new World(folder, parties);
    }

    /// <summary>All faults are over: wires, clocks and processes are as they should be.</summary>
    public void Calm()
    {
        foreach (var party in Parties)
        {
            party.Clock?.Shift(TimeSpan.Zero);
            party.Wire.Heal();
            party.StartIfDown();
        }
    }

    /// <returns>False when messages still wait and none has been delivered for long.</returns>
    public async Task<bool> SettledAsync()
    {
        var (least, since) = (long.MaxValue, Stopwatch.GetTimestamp());
        while (await WaitingAsync() is var waiting and > 0)
        {
            if (waiting < least)
            {
                (least, since) = (waiting, Stopwatch.GetTimestamp());
            }

            if (Stopwatch.GetElapsedTime(since) > Patience)
            {
                return false;
            }

            await Task.Delay(100, Cancellation);
        }

        return true;
    }

    /// <summary>Stops the nodes as an operator does, and lets the checker and the nodes' own verification at their folders.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(Journal journal, bool mayWait = false)
    {
        await Task.WhenAll(Parties.Where(p => p.Node.IsRunning).Select(p => p.Node.StopAsync()));
        var tables = await TablesAsync();
        List<string> complaints = [.. Checker.Check(tables, journal.Promises, mayWait)];
        foreach (var party in Parties)
        {
            complaints.AddRange(await party.VerifyAsync());
        }

        return complaints;
    }

    public async Task<IReadOnlyList<NodeTables>> TablesAsync() =>
        [.. await Task.WhenAll(Parties.Select(p => p.TablesAsync()))];

    /// <summary>Fails the test with what was found; folders, logs and schemas stay.</summary>
    public void Demand(IReadOnlyList<string> complaints, string history)
    {
        if (complaints.Count == 0)
        {
            return;
        }

        foreach (var party in Parties)
        {
            party.Node.IsKept = true;
        }

        File.WriteAllLines(Path.Combine(Folder, "complaints.txt"), [history, .. complaints]);
        var shown = string.Join(Environment.NewLine, complaints.Take(20));
        Assert.Fail($"{history}: {complaints.Count} complaints, kept in {Folder}{Environment.NewLine}{shown}");
    }

    public async ValueTask DisposeAsync()
    {
        var kept = Parties.Any(p => p.Node.IsKept);
        foreach (var party in Parties)
        {
            await party.DisposeAsync();
        }

        if (!kept)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private async Task<long> WaitingAsync() => (await Task.WhenAll(Parties.Select(p => p.WaitingAsync()))).Sum();
}
