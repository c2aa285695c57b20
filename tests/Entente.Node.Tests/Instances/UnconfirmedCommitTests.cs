using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Microsoft.Extensions.Hosting;

namespace Entente.Node.Tests.Instances;

public sealed class UnconfirmedCommitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_that_no_standby_confirms_is_not_called_done()
    {
        await using var postgres = await ReplicatedPostgres.StartAsync();
        await using var store = await TestStore.CreateAsync(
            nameof(Engine.Postgres),
            server: $"{postgres.ConnectionString};Command Timeout=5"
        );
        await using var services = store.Services();
        var ledger = services.GetRequiredService<LedgerLog>();
        var health = services.GetRequiredService<LedgerHealth>();
        var said = new LedgerEvent("officier", LedgerAction.Disclose, "message:1", "test");
        Task WriteAsync() =>
            services
                .GetRequiredService<Database>()
                .WriteAsync(t => ledger.AppendAsync(t, said, Cancellation), Cancellation);
        await WriteAsync();
        await postgres.LoseStandbyAsync();

        await Should.ThrowAsync<UnconfirmedCommitException>(WriteAsync);
        health.CanWrite.ShouldBeFalse("nothing is sent or taken");

        await postgres.ReturnStandbyAsync();
        await services.GetServices<IHostedService>().OfType<LedgerProbe>().Single().ProbeAsync(Cancellation);
        health.CanWrite.ShouldBeTrue("a commit that is confirmed confirms those before it");
        await WriteAsync();
        (await ledger.HeadAsync(Cancellation)).Size.ShouldBe(3, "the leaf is there, and the next one stands behind it");
    }
}
