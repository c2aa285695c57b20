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
            // Every fourth on PostgreSQL: the seed alone says which.
            var engine = postgres && seed % 4 == 0 ? nameof(Engine.Postgres) : nameof(Engine.Sqlite);
            // Every second is of kills alone, of many nodes at once: a run of half an hour makes thousands.
            var left = length - Stopwatch.GetElapsedTime(began);
            await (
                seed % 4 >= 2
                    ? new KillStorm(seed, links: 8).RunAsync(left < LongestKilling ? left : LongestKilling)
                    : new Storm(seed, strikes: 60, engine).RunAsync(left)
            );
            if (Stopwatch.GetElapsedTime(began) < length)
            {
                await ToldHistories.PlayAsync(i, seed);
            }

            seed++;
        }

        Console.Error.WriteLine($"In all: {Tally.OfTheRun}");
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
