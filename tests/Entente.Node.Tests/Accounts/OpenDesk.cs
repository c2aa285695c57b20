using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

/// <summary>The accounts of a node without its doors, on the engine asked for, with one unit.</summary>
internal sealed class OpenDesk : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _services;

    private OpenDesk(TestStore store) => (_store, _services) = (store, store.Services());

    public TestStore Node => _store;

    public AccountStore Store => _services.GetRequiredService<AccountStore>();

    public AccountOffice Office => _services.GetRequiredService<AccountOffice>();

    public OwnAccount Own => _services.GetRequiredService<OwnAccount>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<OpenDesk> CreateAsync(string engine)
    {
        var desk = new OpenDesk(await TestStore.CreateAsync(engine, new TestClock()));
        var unit = new Unit
        {
            Slug = "liaison",
            Names = new Dictionary<string, string> { ["fr"] = "Liaison" },
        };
        await desk._services.GetRequiredService<AccountOffice>().SaveUnitAsync(unit, Officer.NodeActor, Cancellation);
        return desk;
    }

    public async Task<OpenedAccount> OpenAsync(string login, params Role[] roles)
    {
        var wanted = new NewAccount
        {
            By = Officer.NodeActor,
            Login = login,
            Name = $"Préposé {login}",
            Unit = "liaison",
            Roles = roles,
            Clearance = 2,
            EnrolTotp = true,
        };
        var (opened, error) = await _services.GetRequiredService<AccountOffice>().OpenAsync(wanted, Cancellation);
        error.ShouldBeNull();
        return opened!; // No error: it is there.
    }

    public async Task<Account> ReadAsync(string login) =>
        (await Store.FindByNameAsync(login, Cancellation)).ShouldNotBeNull();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
