using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Node.Tests.Backup;
using Entente.Node.Tests.Support;
using Entente.Node.Verification;

namespace Entente.Node.Tests.Recovery;

/// <summary>What the two sides of a link must agree on, whatever one of them forgot in between.</summary>
internal static class RecoveringPair
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Stops the node and puts it back from the backup `0`: PostgreSQL into an empty place, which is returned.</summary>
    public static async Task<TestStore?> PutBackAsync(
        this Saved saved,
        TestNode node,
        string engine = nameof(Engine.Sqlite)
    )
    {
        await node.StopAsync();
        var elsewhere = engine == nameof(Engine.Postgres) ? await TestStore.CreateAsync(engine) : null;
        await (elsewhere?.EmptyAsync() ?? Task.CompletedTask);
        var order = saved.Order("0") with { Folder = node.Home.Folder, Replace = true };
        await Saved.RestoreAsync(order with { Database = elsewhere?.Options.Database });
        return elsewhere;
    }

    /// <summary>So many messages each way, receipted.</summary>
    public static async Task ExchangeAsync(this TestPair pair, int each)
    {
        var there = Enumerable.Range(0, each).Select(_ => TestMessages.Request()).ToList();
        var back = Enumerable.Range(0, each).Select(_ => TestMessages.Request("es.interior", "ma.interieur")).ToList();
        await pair.Rabat.SendAllAsync(there);
        await pair.Madrid.SendAllAsync(back);
        await pair.Rabat.WaitAsync(there[^1], MessageState.Delivered);
        await pair.Madrid.WaitAsync(back[^1], MessageState.Delivered);
    }

    public static async Task HoldTheSameAsync(this TestPair pair, int each)
    {
        foreach (var (from, to) in ((TestNode, TestNode)[])[(pair.Rabat, pair.Madrid), (pair.Madrid, pair.Rabat)])
        {
            var sent = await from.Database.MessagesAsync(MessageDirection.Out, Cancellation);
            var received = await to.ReceivedAsync();
            received.Count.ShouldBe(each);
            received.Select(m => (m.Id, m.Seq)).ShouldBe(sent.OrderBy(m => m.Seq).Select(m => (m.Id, m.Seq)));
            sent.ShouldAllBe(m => m.State == MessageState.Delivered);
        }
    }

    /// <summary>No partner is asked any more, and the courier knows.</summary>
    public static Task<bool> HasCaughtUpAsync(this TestNode node)
    {
        const string sql = "SELECT COUNT(*) FROM recovery WHERE state = 'asking'";
        return node.Database.ReadAsync(async c => await c.OneAsync<long>(sql, null, Cancellation) == 0, Cancellation);
    }

    public static async Task VerifyAsync(this TestPair pair)
    {
        foreach (var node in (TestNode[])[pair.Rabat, pair.Madrid])
        {
            var (report, _) = await NodeVerification.RunAsync(node.Home, _ => Advance.None, Cancellation);
            report.Problems.ShouldBeEmpty();
        }
    }
}
