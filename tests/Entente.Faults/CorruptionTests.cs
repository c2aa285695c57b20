using Entente.Faults.Checking;
using Entente.Faults.Histories;
using Entente.Node.Hosting;
using Entente.Node.Verification;

namespace Entente.Faults;

/// <summary>One value changed, or one row gone, anywhere in what nodes have said to each other: `entente verify` names it.</summary>
public sealed class CorruptionTests(QuietWorld world) : IClassFixture<QuietWorld>
{
    /// <summary>
    /// What this node alone knows and nobody signed: when it took something in hand, how urgent it is here. Changing it
    /// changes no message, no proof and no promise.
    /// </summary>
    internal static readonly string[] LocalOnly =
    [
        "message.at",
        "message.priority",
        "message.state_at",
        "envelope.at",
        "envelope.receipt_at",
        "link_card.at",
        "link_card.officer",
        "ledger_head.at",
        "witness_head.at",
        "witness_head.proven",
        "witness_head.epoch",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Tables =>
        [
            "message",
            "data_key",
            "envelope",
            "envelope_entry",
            "chain",
            "ledger_leaf",
            "ledger_node",
            "ledger_head",
            "witness_head",
            "own_card",
            "link_card",
        ];

    [Fact]
    public async Task Copy_that_nobody_touched_verifies() =>
        (await DamagedAsync(_ => Task.FromResult(true))).ShouldBe([]);

    [Theory, MemberData(nameof(Tables))]
    public async Task Value_changed_in_any_column_is_found(string table)
    {
        List<string> unnoticed = [];
        var chance = new Chance(17);
        foreach (var column in await ColumnsAsync(table))
        {
            var problems = await DamagedAsync(async damage =>
                await damage.FlipAsync(table, column, chance) is not null
            );
            if (problems is { Count: 0 })
            {
                unnoticed.Add($"{table}.{column}");
            }
        }

        unnoticed.Except(LocalOnly).ShouldBeEmpty();
    }

    // The heads that this node signed of itself or saw of others are kept as evidence against others' changes; the
    // receipts hold the same again, and nothing counts how many there should be.
    public static TheoryData<string> CountedTables =>
        [.. Tables.Select(t => t.Data).Except(["ledger_head", "witness_head"])];

    [Theory, MemberData(nameof(CountedTables))]
    public async Task Row_taken_away_is_found(string table)
    {
        var chance = new Chance(19);

        var problems = await DamagedAsync(async damage => await damage.DeleteAsync(table, chance) == 1);

        problems.ShouldNotBeNull();
        problems.ShouldNotBeEmpty();
    }

    /// <summary>A checker that finds nothing in good databases must find something in bad ones.</summary>
    [Theory]
    [InlineData("message", "sealed")]
    [InlineData("message", "state")]
    [InlineData("message", "seq")]
    [InlineData("data_key", "wrapped")]
    [InlineData("envelope", "receipt")]
    [InlineData("envelope", "batch")]
    [InlineData("envelope_entry", "status")]
    [InlineData("envelope_entry", "merkle_leaf")]
    [InlineData("chain", "prev")]
    [InlineData("ledger_leaf", "json")]
    [InlineData("ledger_node", "hash")]
    [InlineData("witness_head", "root")]
    public async Task Checker_of_the_histories_finds_it_too(string table, string column)
    {
        var complaints = await CheckDamagedAsync(damage => damage.FlipAsync(table, column, new Chance(31)));

        complaints.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Checker_of_the_histories_misses_a_message_that_is_gone() =>
        (await CheckDamagedAsync(damage => damage.DeleteAsync("message", new Chance(37)))).ShouldNotBeEmpty();

    private async Task<IReadOnlyList<string>> CheckDamagedAsync<T>(Func<Damage, Task<T>> act)
    {
        var (damaged, whole) = (world.World.Parties[0], world.World.Parties[1]);
        var home = await world.CopyAsync();
        await using (var damage = new Damage(home.DatabaseFile, Cancellation))
        {
            await damage.OpenAsync();
            await act(damage);
        }

        var tables = await NodeTables.ReadAsync(damaged.Id, home.Folder, postgres: null, Cancellation);
        Directory.Delete(home.Folder, recursive: true);
        return Checker.Check([tables, await whole.TablesAsync()], world.Journal.Promises, mayWait: true);
    }

    private async Task<IReadOnlyList<string>> ColumnsAsync(string table)
    {
        await using var damage = new Damage(world.World.Parties[0].Node.Home.DatabaseFile, Cancellation);
        await damage.OpenAsync();
        return await damage.ColumnsAsync(table);
    }

    /// <returns>What verify says; null where there was nothing to damage.</returns>
    private async Task<IReadOnlyList<string>?> DamagedAsync(Func<Damage, Task<bool>> act)
    {
        var home = await world.CopyAsync();
        try
        {
            bool done;
            await using (var damage = new Damage(home.DatabaseFile, Cancellation))
            {
                await damage.OpenAsync();
                done = await act(damage);
            }

            return done ? await VerifyAsync(home) : null;
        }
        finally
        {
            Directory.Delete(home.Folder, recursive: true);
        }
    }

    internal static async Task<IReadOnlyList<string>> VerifyAsync(NodeHome home)
    {
        try
        {
            var (report, _) = await NodeVerification.RunAsync(home, _ => Advance.None, Cancellation);
            return [.. report.Problems.Select(p => $"{p.Row}: {p.What}")];
        }
        catch (Exception e)
            when (e is System.Data.Common.DbException or System.Data.DataException or ArgumentOutOfRangeException)
        {
            return [e.Message]; // The command says so in words.
        }
    }
}
