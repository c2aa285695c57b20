using Entente.Node.Ledger;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Ledger;

public sealed class LedgerHealthTests
{
    [Fact]
    public void Clock_set_back_does_not_keep_the_probe_from_trying()
    {
        var clock = new TestClock();
        var health = new LedgerHealth(clock);
        health.Wrote();

        clock.Advance(TimeSpan.FromHours(-5));

        health.Quiet.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
