using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Abstractions;

namespace Entente.Node.Tests.Hosting;

public sealed class ReadinessTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Node_is_ready_until_its_ledger_fails_and_again_when_the_probe_can_write(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        var health = new LedgerHealth(store.Clock);
        using var master = MasterKey.Load(store.Home.MasterKeyFile);
        using var keys = NodeKeys.Load(store.Home, master);
        var readiness = new NodeReadiness(store.Database, health, keys, store.Clock);
        (await StatusAsync(readiness)).ShouldBe(HealthStatus.Healthy);

        health.Failed();
        (await StatusAsync(readiness)).ShouldBe(HealthStatus.Unhealthy);

        using var probe = new LedgerProbe(store.Database, health, store.Clock, NullLogger<LedgerProbe>.Instance);
        await probe.ProbeAsync(TestContext.Current.CancellationToken);
        (await StatusAsync(readiness)).ShouldBe(HealthStatus.Healthy);
    }

    [Fact]
    public async Task Expired_certificate_takes_the_node_out_of_service_and_warns_before()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));
        using var master = MasterKey.Load(store.Home.MasterKeyFile);
        using var keys = NodeKeys.Load(store.Home, master);

        (await StatusAsync(At(store, keys, days: 0))).ShouldBe(HealthStatus.Healthy);
        (await StatusAsync(At(store, keys, days: 2 * 365 - 10))).ShouldBe(HealthStatus.Degraded);
        (await StatusAsync(At(store, keys, days: 2 * 365 + 10))).ShouldBe(HealthStatus.Unhealthy);
    }

    private static NodeReadiness At(TestStore store, NodeKeys keys, int days) =>
        new(store.Database, new LedgerHealth(store.Clock), keys, new Later(TimeSpan.FromDays(days)));

    private static async Task<HealthStatus> StatusAsync(NodeReadiness readiness) =>
        (await readiness.CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken)).Status;

    private sealed class Later(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
