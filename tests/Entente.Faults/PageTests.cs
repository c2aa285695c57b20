using System.Data.Common;
using Entente.Faults.Histories;
using Entente.Node.Hosting;

namespace Entente.Faults;

/// <summary>
/// One bit of the database's file turned over, wherever it lies: in a row, in an index, in a page's own accounts. Either
/// somebody says so, or what nodes have said to each other is still what it was.
/// </summary>
public sealed class PageTests(QuietWorld world) : IClassFixture<QuietWorld>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task Bit_turned_over_anywhere_in_the_file_is_noticed_or_harmless() => TurnAsync(flips: 100, seed: 41);

    internal async Task TurnAsync(int flips, ulong seed)
    {
        var home = await world.CopyAsync();
        try
        {
            var whole = await File.ReadAllBytesAsync(home.DatabaseFile, Cancellation);
            var before = await DumpAsync(home);
            var chance = new Chance(seed);
            List<string> unnoticed = [];
            var noticed = 0;
            for (var i = 0; i < flips; i++)
            {
                var (place, bit) = (chance.Next(0, whole.Length), chance.Next(0, 8));
                await WriteAsync(home, whole, place, bit);
                if ((await CorruptionTests.VerifyAsync(home)).Count > 0)
                {
                    noticed++;
                }
                else if (!(await DumpAsync(home)).SequenceEqual(before))
                {
                    unnoticed.Add($"bit {bit} of byte {place} of {whole.Length}");
                }
            }

            unnoticed.ShouldBeEmpty();
            // A check that notices nothing would pass above if all bits were harmless.
            noticed.ShouldBeGreaterThan(flips / 5);
        }
        finally
        {
            Directory.Delete(home.Folder, recursive: true);
        }
    }

    /// <summary>An index that leads to the wrong place makes a row invisible to whoever asks by it.</summary>
    [Fact]
    public async Task Row_that_an_index_no_longer_leads_to_is_found()
    {
        var home = await world.CopyAsync();
        try
        {
            await using (var damage = new Damage(home.DatabaseFile, Cancellation))
            {
                await damage.OpenAsync();
                await damage.ForgetIndexAsync("message_case");
            }

            (await CorruptionTests.VerifyAsync(home)).ShouldContain(problem => problem.Contains("message_case"));
        }
        finally
        {
            Directory.Delete(home.Folder, recursive: true);
        }
    }

    private static async Task WriteAsync(NodeHome home, byte[] whole, int place, int bit)
    {
        var bytes = whole.ToArray();
        bytes[place] ^= (byte)(1 << bit);
        foreach (var beside in new[] { "-wal", "-shm" })
        {
            File.Delete(home.DatabaseFile + beside);
        }

        await File.WriteAllBytesAsync(home.DatabaseFile, bytes, Cancellation);
    }

    /// <summary>Everything that was signed or chained; what cannot be read any more is another dump.</summary>
    private static async Task<IReadOnlyList<string>> DumpAsync(NodeHome home)
    {
        try
        {
            await using var damage = new Damage(home.DatabaseFile, Cancellation);
            await damage.OpenAsync();
            List<string> dump = [];
            foreach (var table in CorruptionTests.Tables.Select(t => t.Data))
            {
                dump.AddRange(await damage.DumpAsync(table, CorruptionTests.LocalOnly));
            }

            return dump;
        }
        catch (DbException e)
        {
            return [e.Message];
        }
    }
}
