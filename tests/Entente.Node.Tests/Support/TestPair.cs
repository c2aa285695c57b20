using Entente.Node.Storage;

namespace Entente.Node.Tests.Support;

/// <summary>Rabat and Madrid, two whole nodes on loopback, joined by the real ceremony.</summary>
internal sealed class TestPair(TestNode rabat, TestNode madrid) : IAsyncDisposable
{
    public TestNode Rabat => rabat;

    public TestNode Madrid => madrid;

    public static async Task<TestPair> LinkedAsync(
        string engine = nameof(Engine.Sqlite),
        Action<IServiceCollection>? inMadrid = null,
        Action<IServiceCollection>? inRabat = null
    )
    {
        var rabat = await TestNode.StartAsync("ma.interieur", engine, inRabat);
        var madrid = await TestNode.StartAsync("es.interior", engine, inMadrid);
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync());
        return new TestPair(rabat, madrid);
    }

    public async ValueTask DisposeAsync()
    {
        await rabat.DisposeAsync();
        await madrid.DisposeAsync();
    }
}
