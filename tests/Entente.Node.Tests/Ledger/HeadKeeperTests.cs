using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Entente.Node.Tests.Ledger;

public sealed class HeadKeeperTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Node_thrown_away_before_it_was_stopped_ends_in_peace(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var services = store.Services();
        var keeper = services.GetServices<IHostedService>().OfType<HeadKeeper>().Single();
        var ledger = services.GetRequiredService<LedgerLog>();
        var leaf = new LedgerEvent("node", LedgerAction.Administer, "essai:1", "essai");
        await services
            .GetRequiredService<Database>()
            .WriteAsync(t => ledger.AppendAsync(t, leaf, Cancellation), Cancellation);
        await services.DisposeAsync();

        await Should.NotThrowAsync(() => keeper.StopAsync(Cancellation));
    }
}
