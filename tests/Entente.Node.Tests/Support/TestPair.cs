using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;

namespace Entente.Node.Tests.Support;

/// <summary>Rabat and Madrid, two whole nodes on loopback, joined by the real ceremony.</summary>
internal sealed class TestPair(TestNode rabat, TestNode madrid, FaultyWire? wire = null) : IAsyncDisposable
{
    public TestNode Rabat => rabat;

    public TestNode Madrid => madrid;

    /// <summary>Between Rabat's courier and Madrid's door, where the pair was made with one.</summary>
    public FaultyWire Wire => wire ?? throw new InvalidOperationException("The pair has no wire.");

    public static async Task<TestPair> LinkedAsync(
        string engine = nameof(Engine.Sqlite),
        Action<IServiceCollection>? inMadrid = null,
        Action<IServiceCollection>? inRabat = null,
        LinkSettings? settings = null
    )
    {
        var rabat = await TestNode.StartAsync("ma.interieur", engine, inRabat);
        var madrid = await TestNode.StartAsync("es.interior", engine, inMadrid);
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync(), settings);
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync(), settings);
        await ComparedAsync(rabat, madrid);
        await ComparedAsync(madrid, rabat);
        return new TestPair(rabat, madrid);
    }

    /// <summary>Madrid's card names the wire's end; Madrid itself stands behind it.</summary>
    public static async Task<TestPair> WiredAsync(string engine = nameof(Engine.Sqlite))
    {
        var pair = await LinkedAsync(engine);
        var port = new Uri(pair.Madrid.Options.Link).Port;
        var behind = TestNode.FreePort();
        await pair.Madrid.StopAsync();
        await pair.Madrid.MoveAsync($"https://127.0.0.1:{behind}");
        return new TestPair(pair.Rabat, pair.Madrid, new FaultyWire(port, behind));
    }

    /// <summary>A node asks where it stands with a partner before it seals the first envelope.</summary>
    private static Task ComparedAsync(TestNode node, TestNode partner) =>
        TestNode.WaitUntilAsync(() =>
            Task.FromResult(node.Services.GetRequiredService<PartnerRecovery>().IsClear(partner.Id))
        );

    public async ValueTask DisposeAsync()
    {
        await rabat.DisposeAsync();
        await madrid.DisposeAsync();
        if (wire is not null)
        {
            await wire.DisposeAsync();
        }
    }
}
