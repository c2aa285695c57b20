using Entente.Node.Storage;
using Entente.Node.Tests.Backup;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Recovery;

/// <summary>What is made of messages follows from the messages: given them back, a node makes all of it again.</summary>
public sealed class RebuildingTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Restored_node_makes_every_projection_again_from_what_its_partner_gives_back(string engine)
    {
        await using var said = new EverythingSaid(
            await TestPair.LinkedAsync(engine, settings: EverythingSaid.Settings)
        );
        var pair = said.Pair;
        using var saved = new Saved();
        await said.PrepareAsync();
        await saved.MakeKeyAsync(pair.Rabat.Services);
        await saved.BackUpAsync(pair.Rabat.Services, "0");
        await said.SayAsync();
        await said.SettledAsync();
        var before = await Projections.ReadAsync(pair.Rabat);
        await using var elsewhere = await saved.PutBackAsync(pair.Rabat, engine);

        await pair.Rabat.StartAsync();
        await TestNode.WaitUntilAsync(async () => await pair.Rabat.HasCaughtUpAsync());
        await said.SettledAsync();

        var after = await Projections.ReadAsync(pair.Rabat);
        Projections.Differences(before, after).ShouldBeEmpty();
        await pair.VerifyAsync();
        await pair.Rabat.StopAsync();
    }
}
