using Entente.Browser.Tests.Support;
using Entente.Node.Commands.Demo;
using Entente.Node.Hosting;
using Entente.Node.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Site))]

namespace Entente.Browser.Tests.Support;

/// <summary>Two of the demo's nodes, Morocco and Spain, running in this process with their accounts and links; and a browser.</summary>
public sealed class Site : IAsyncLifetime
{
    private const string FirstNode = "ma.interieur";

    // Milliseconds. A busy machine is slow, and slowness is no fault of a page: speed is measured in bench/.
    private const int Patience = 60_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-browser-").FullName;
    private readonly List<WebApplication> _running = [];
    private readonly Dictionary<string, string> _sessions = [];
    private readonly SemaphoreSlim _signingIn = new(1);
    private readonly SemaphoreSlim _exchanging = new(1);
    private bool _exchanged;
    private IPlaywright? _playwright;
    private DemoState? _state;

    public IBrowser Browser { get; private set; } = null!; // Set before any test runs; tests skip where there is none.

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        if (!Chromium.IsHere)
        {
            return;
        }

        var folder = new DemoFolder(_folder);
        _state = await new DemoSetup(folder, TimeProvider.System, _ => { }).RunAsync(
            DemoPorts.Free(),
            DemoSamples.All,
            default
        );
        foreach (var node in _state.Nodes.Take(2))
        {
            var app = NodeHost.Build(node.Home(_folder));
            await app.StartAsync();
            _running.Add(app);
        }

        Address = _state.Nodes[0].Pages;
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        Assertions.SetDefaultExpectTimeout(Patience);
    }

    /// <summary>A browser of its own: no cookies, no cache. A login of the first node, or none.</summary>
    /// <param name="options">Its locale is also the language chosen, over the account's own.</param>
    internal async Task<IBrowserContext> OpenAsync(
        string? login,
        BrowserNewContextOptions? options = null,
        string node = FirstNode
    )
    {
        Chromium.IsNeeded();
        options ??= new BrowserNewContextOptions();
        options.BaseURL = AddressOf(node);
        options.Locale ??= "fr-FR";
        options.StorageState = login is null ? null : await SessionAsync(node, login);
        var context = await Browser.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        if (login is not null)
        {
            await ChooseLanguageAsync(context, node, options.Locale[..2]);
        }

        return context;
    }

    /// <summary>A case for those who walk the pages: an answered request and an alert, written once.</summary>
    internal async Task ExchangeAsync()
    {
        Chromium.IsNeeded();
        await _exchanging.WaitAsync();
        try
        {
            if (!_exchanged)
            {
                await using var rabat = await OpenAsync("liaison");
                await using var madrid = await OpenAsync("liaison", new() { Locale = "es-ES" }, Exchanges.Madrid);
                const string subject = "Dossier de démonstration à parcourir";
                var asking = await rabat.NewPageAsync();
                await Exchanges.WarnAsync(asking, Exchanges.Madrid, "Alerte de démonstration à parcourir");
                await Exchanges.AskAsync(asking, subject);
                var answering = await madrid.NewPageAsync();
                await Exchanges.OpenAsync(answering, subject);
                await Exchanges.AnswerAsync(answering);
                await Exchanges.ShowsAsync(asking, "DEMO-TITULAR-01");
                _exchanged = true;
            }
        }
        finally
        {
            _exchanging.Release();
        }
    }

    private string AddressOf(string node) => _state?.Nodes.Single(n => n.Id == node).Pages ?? ""; // No site, no browser.

    private Task ChooseLanguageAsync(IBrowserContext context, string node, string language)
    {
        var name = _running
            .Single(r => r.Services.GetRequiredService<NodeOptions>().Node == node)
            .Services.GetRequiredService<CookieNames>()
            .Language;
        var value = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language));
        return context.AddCookiesAsync([
            new Cookie
            {
                Name = name,
                Value = Uri.EscapeDataString(value),
                Url = AddressOf(node),
            },
        ]);
    }

    /// <summary>Signs in by the forms, as people do; each account once, because a one-time code is good once.</summary>
    private async Task<string> SessionAsync(string node, string login)
    {
        await _signingIn.WaitAsync();
        try
        {
            if (!_sessions.TryGetValue($"{login}@{node}", out var session))
            {
                await using var context = await Browser.NewContextAsync(new() { BaseURL = AddressOf(node) });
                await EnterAsync(await context.NewPageAsync(), login, node);
                session = await context.StorageStateAsync();
                _sessions.Add($"{login}@{node}", session);
            }

            return session;
        }
        finally
        {
            _signingIn.Release();
        }
    }

    /// <summary>One after the other: of two codes of one account, the later makes the earlier worthless.</summary>
    internal async Task SignInAsync(IPage page, string login, string node = FirstNode)
    {
        await _signingIn.WaitAsync();
        try
        {
            await EnterAsync(page, login, node);
        }
        finally
        {
            _signingIn.Release();
        }
    }

    private async Task EnterAsync(IPage page, string login, string node)
    {
        var account = _state!.Account(node, login); // There is a browser, so there is a site.
        await page.GotoAsync("/sign-in");
        await page.FillAsync("#login", account.Login);
        await page.FillAsync("#password", account.Password);
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync("**/sign-in/code**");
        await page.FillAsync(
            "[name=Code]",
            await OneTimeCodes.NextAsync(account.TotpSecret, TimeProvider.System, default)
        );
        await page.ClickAsync("main form button[type=submit]");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        if (_playwright is not null)
        {
            await Browser.DisposeAsync();
            _playwright.Dispose();
        }

        foreach (var app in _running)
        {
            await app.DisposeAsync();
        }

        _signingIn.Dispose();
        _exchanging.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
