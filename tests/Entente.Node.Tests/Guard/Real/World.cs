using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Guard.Real;

/// <summary>Rabat, Madrid and Berlin, each a whole node on SQLite, linked by Kestrel on loopback; and who looks at them.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>Protected from Morocco in Madrid and Berlin.</summary>
    public const string Shielded = "Exemple Protégée";

    private World(IReadOnlyList<House> houses) => Houses = houses;

    public IReadOnlyList<House> Houses { get; }

    public Oracle Oracle { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public House this[string node] => Houses.Single(house => house.Id == node);

    public static async Task<World> OpenAsync()
    {
        var rabat = await House.OpenAsync(
            "ma.interieur",
            ("ma.one", "liaison", 2, Role.Officer),
            ("ma.low", "liaison", 0, Role.Officer),
            ("ma.other", "customs", 2, Role.Officer),
            ("ma.head", "liaison", 1, Role.Supervisor),
            ("ma.guard", "liaison", 2, Role.Protection),
            ("ma.audit", "liaison", 2, Role.Auditor),
            ("ma.desk", "liaison", 2, Role.Desk)
        );
        var madrid = await House.OpenAsync(
            "es.interior",
            ("es.one", "liaison", 2, Role.Officer),
            ("es.low", "liaison", 0, Role.Officer),
            ("es.other", "customs", 2, Role.Officer),
            ("es.guard", "liaison", 2, Role.Protection)
        );
        var berlin = await House.OpenAsync(
            "de.bmi",
            ("de.one", "liaison", 2, Role.Officer),
            ("de.other", "customs", 2, Role.Officer),
            ("de.guard", "liaison", 2, Role.Protection)
        );
        var world = new World([rabat, madrid, berlin]);
        await world.LinkAsync(rabat, madrid);
        await world.LinkAsync(rabat, berlin);
        await world.LinkAsync(madrid, berlin);
        foreach (var house in new[] { madrid, berlin })
        {
            var guardian = await house.Reader(house.Id[..2] + ".guard").NowAsync();
            await house.Get<ProtectionDesk>().PlaceAsync(guardian, Shielded, "MA", null, Cancellation);
        }

        return world;
    }

    private async Task LinkAsync(House one, House other)
    {
        await one.Node.Services.LinkAsync(await other.Node.Services.CardAsync(), Bureau.Terms);
        await other.Node.Services.LinkAsync(await one.Node.Services.CardAsync(), Bureau.Terms);
        await Bureau.RecordAsync(one.Node.Database, other.Country);
        await Bureau.RecordAsync(other.Node.Database, one.Country);
        foreach (var (here, there) in new[] { (one, other), (other, one) })
        {
            await TestNode.WaitUntilAsync(() => Task.FromResult(here.Get<PartnerRecovery>().IsClear(there.Id)));
        }
    }

    /// <summary>Waits until nothing is on its way over links that are active at both ends.</summary>
    public async Task SettleAsync()
    {
        foreach (var house in Houses)
        {
            await house.Get<AnswerRelease>().ReleaseAsync(DateTimeOffset.MaxValue, Cancellation);
        }

        await TestNode.WaitUntilAsync(async () =>
        {
            foreach (var house in Houses)
            {
                foreach (var link in await house.Get<LinkDirectory>().ListAsync(Cancellation))
                {
                    var back = await this[link.Partner].Get<LinkDirectory>().FindAsync(house.Id, Cancellation);
                    if (
                        link.State == LinkState.Active
                        && back?.State == LinkState.Active
                        && await WaitingAsync(house, link.Partner) > 0
                    )
                    {
                        return false;
                    }
                }
            }

            return true;
        });
    }

    private static Task<long> WaitingAsync(House house, string partner)
    {
        const string sql = """
            SELECT COUNT(*) FROM message WHERE direction = 'out' AND state IN ('queued', 'sealed') AND partner = @Partner
            """;
        return house.Node.Database.ReadAsync(
            c => c.OneAsync<long>(sql, new { Partner = partner }, Cancellation),
            Cancellation
        );
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var house in Houses)
        {
            await house.DisposeAsync();
        }
    }
}
