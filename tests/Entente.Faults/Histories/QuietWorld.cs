using Entente.Node.Features.Delivery;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Microsoft.Data.Sqlite;

namespace Entente.Faults.Histories;

/// <summary>Two nodes that have written to each other without any fault and are stopped: copies of them are what is damaged.</summary>
public sealed class QuietWorld : IAsyncLifetime
{
    private World? _world;

    internal World World => _world!; // Made before the first test.

    internal Journal Journal { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await World.LinkedAsync(nameof(Engine.Sqlite), ["ma.interieur", "es.interior"]);
        var chance = new Chance(11);
        var tally = new Tally();
        foreach (var (from, to) in (Pair[])[new(0, 1), new(1, 0)])
        {
            var traffic = new Traffic(World.Parties[from].Node, World.Parties[to].Id, chance, Journal, tally);
            for (var i = 0; i < 12; i++)
            {
                await traffic.SendAsync();
            }
        }

        await Task.WhenAll(World.Parties.Select(p => p.ReadyAsync()));
        (await World.SettledAsync()).ShouldBeTrue();
        (await World.CheckAsync(Journal)).ShouldBeEmpty();
        // One more of each that never leaves: queued rows are in the copies too.
        await new Traffic(World.Parties[0].Node, World.Parties[1].Id, chance, Journal, tally).SendAsync();
    }

    /// <summary>A copy of the first node that nobody has open.</summary>
    internal async Task<NodeHome> CopyAsync()
    {
        var from = World.Parties[0].Node.Home;
        var to = new NodeHome(Directory.CreateTempSubdirectory("entente-damaged-").FullName);
        Directory.CreateDirectory(Path.Combine(to.Folder, "keys"));
        Directory.CreateDirectory(Path.Combine(to.Folder, "data"));
        File.Copy(from.SettingsFile, to.SettingsFile);
        foreach (var key in Directory.EnumerateFiles(Path.Combine(from.Folder, "keys")))
        {
            File.Copy(key, Path.Combine(to.Folder, "keys", Path.GetFileName(key)));
        }

        await using var connection = new SqliteConnection($"Data Source={from.DatabaseFile};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var copy = connection.CreateCommand();
        copy.CommandText = "VACUUM INTO $file";
        copy.Parameters.AddWithValue("$file", to.DatabaseFile);
        await copy.ExecuteNonQueryAsync(Cancellation);
        return to;
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private readonly record struct Pair(int From, int To);
}
