using System.Diagnostics;
using System.Security.Cryptography;
using Entente.Faults.Histories;
using Entente.Node.Storage;

namespace Entente.Faults;

/// <summary>Everything at once, at random; what must hold afterwards is in Checking/.</summary>
public sealed class StormTests
{
    private static readonly TimeSpan LongestKilling = TimeSpan.FromMinutes(6);

    [Fact]
    public Task Nothing_is_lost_repeated_or_out_of_order_in_a_storm() =>
        new Storm(seed: 2, strikes: 7, parties: 3).RunAsync();

    /// <summary>`./test --faults 30m`: one history after the other until the time is over, or until one fails.</summary>
    [Fact(Explicit = true)]
    public async Task Storm_after_storm_until_the_time_is_over()
    {
        var began = Stopwatch.GetTimestamp();
        var length = RunLength.Long ?? TimeSpan.FromMinutes(5);
        var seed = RunLength.Seed ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
        var postgres = Environment.GetEnvironmentVariable("ENTENTE_TEST_POSTGRES") is not null;
        for (var i = 0; Stopwatch.GetElapsedTime(began) < length; i++)
        {
            var left = length - Stopwatch.GetElapsedTime(began);
            await PlayAsync(seed, postgres, left < LongestKilling ? left : LongestKilling);
            if (Stopwatch.GetElapsedTime(began) < length)
            {
                await ToldHistories.PlayAsync(i, seed);
            }

            seed++;
        }

        Console.Error.WriteLine($"In all: {Tally.OfTheRun}");
    }

    /// <summary>
    /// The seed alone says what it is, the same each time. Every second is of kills alone, of many nodes at once: a run of
    /// half an hour makes thousands. Of each sort some are on PostgreSQL, on which a node may have several instances.
    /// </summary>
    private static Task PlayAsync(ulong seed, bool postgres, TimeSpan most)
    {
        var there = postgres ? nameof(Engine.Postgres) : nameof(Engine.Sqlite);
        return (seed % 8) switch
        {
            0 or 4 => new Storm(seed, strikes: 60, there).RunAsync(most),
            1 or 5 => new Storm(seed, strikes: 60).RunAsync(most),
            // Fewer of them: a server has only so many connections.
            6 when postgres => new KillStorm(seed, links: 4, there).RunAsync(most),
            7 when postgres => new KillStorm(seed, links: 2, there, instances: 3).RunAsync(most),
            _ => new KillStorm(seed, links: 8).RunAsync(most),
        };
    }
}

/// <summary>Beside the other, on the other engine.</summary>
public sealed class PostgresStormTests
{
    [Fact]
    public Task Nothing_is_lost_repeated_or_out_of_order_in_a_storm_on_PostgreSQL() =>
        new Storm(seed: 3, strikes: 6, nameof(Engine.Postgres), parties: 2).RunAsync();
}

public sealed class KillTests
{
    [Fact]
    public Task Nothing_is_lost_repeated_or_out_of_order_where_nodes_are_killed_all_the_time() =>
        new KillStorm(seed: 5, links: 3).RunAsync(TimeSpan.FromMinutes(1), kills: 12);
}

public sealed class InstanceKillTests
{
    [Fact]
    public Task Nothing_is_lost_repeated_or_out_of_order_where_instances_of_one_node_are_killed_at_random() =>
        new KillStorm(seed: 7, links: 1, nameof(Engine.Postgres), instances: 3).RunAsync(
            TimeSpan.FromSeconds(15),
            kills: 9
        );
}
