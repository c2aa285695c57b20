using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Entente.Node.Tests.Support;

/// <summary>A whole node on loopback, on ports of its own, with a unit `liaison`.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly WebApplication _app;

    private RunningNode(TestStore store, WebApplication app, Uri pages) => (_store, _app, Pages) = (store, app, pages);

    public Uri Pages { get; }

    public IServiceProvider Services => _app.Services;

    public Database Database => _app.Services.GetRequiredService<Database>();

    public TimeProvider Clock => _store.Clock;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<RunningNode> StartAsync(
        TimeProvider? clock = null,
        string engine = nameof(Engine.Sqlite),
        Action<IServiceCollection>? more = null
    )
    {
        var store = await TestStore.CreateAsync(engine, clock);
        store.Home.Save(store.Options with { Pages = "http://127.0.0.1:0", Link = "https://127.0.0.1:0" });
        var app = NodeHost.Build(store.Home, clock, services => more?.Invoke(services));
        await app.StartAsync(Cancellation);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!; // Kestrel has it.
        var pages = new Uri(addresses.Addresses.First(a => a.StartsWith("http:", StringComparison.Ordinal)));
        var node = new RunningNode(store, app, pages);
        await node.SaveUnitAsync("liaison");
        return node;
    }

    public BrowserlessClient Visitor(string language = "fr") => new(Pages, _store.Clock, language);

    public Task SaveUnitAsync(string slug)
    {
        var unit = new Unit
        {
            Slug = slug,
            Names = new Dictionary<string, string> { ["fr"] = slug },
        };
        var units = Services.GetRequiredService<UnitBook>();
        return Database.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation), Cancellation);
    }

    /// <summary>An account ready to sign in: its password and authenticator are known.</summary>
    public Task<OpenedAccount> OpenAccountAsync(string login, params Role[] roles) =>
        OpenAccountAsync(
            new NewAccount
            {
                By = Officer.NodeActor,
                Login = login,
                Name = $"Agent {login}",
                Unit = "liaison",
                Roles = roles,
                Clearance = 1,
                MustChangePassword = false,
                EnrolTotp = true,
            }
        );

    public Task<OpenedAccount> OpenAccountAsync(NewAccount account)
    {
        var desk = Services.GetRequiredService<AccountDesk>();
        return Database.WriteAsync(t => desk.CreateAsync(t, account, Cancellation), Cancellation);
    }

    /// <summary>Opens an account with these roles and signs it in through the forms.</summary>
    public async Task<BrowserlessClient> SignedInAsync(string login, params Role[] roles)
    {
        var account = await OpenAccountAsync(login, roles);
        var client = Visitor();
        await client.SignInAsync(login, account.Password, account.TotpSecret!, Cancellation); // Enrolled above.
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _store.DisposeAsync();
    }
}
