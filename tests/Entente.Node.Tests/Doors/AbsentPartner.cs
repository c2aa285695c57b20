using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Doors;

/// <summary>A partner that gave its card and is not there.</summary>
internal sealed class AbsentPartner : IAsyncDisposable
{
    private TestStore? _store;

    public async Task<string> CardAsync()
    {
        _store = await TestStore.CreateAsync(nameof(Engine.Sqlite), node: "es.interior");
        await using var services = _store.Services();
        return await services.CardAsync();
    }

    public ValueTask DisposeAsync() => _store?.DisposeAsync() ?? ValueTask.CompletedTask;
}
