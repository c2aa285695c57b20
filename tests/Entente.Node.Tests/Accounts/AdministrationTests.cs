using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

public sealed class AdministrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Second_security_officer_confirms_an_account_and_sees_its_password_once()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);
        using var second = await node.SignedInAsync("seconde", Role.Security);

        var proposed = await OpenAsync(security, "nouveau", "Agente de liaison");
        var opened = await DecideAsync(second, proposed.Url.AbsolutePath, "grant");
        var list = await security.GetAsync("/administration?q=agente", Cancellation);

        proposed.Text.ShouldNotContain(Password(opened));
        list.Document.QuerySelectorAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("nouveau");
        list.Text.ShouldNotContain(Password(opened));
        (await second.GetAsync(opened.Url.AbsolutePath, Cancellation)).Text.ShouldNotContain(Password(opened));
    }

    [Fact]
    public async Task Login_in_use_is_refused_and_the_form_keeps_what_was_typed()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);

        var refused = await OpenAsync(security, "SECURITE", "Deuxième");

        refused.Document.QuerySelector("[role=alert]").ShouldNotBeNull();
        refused.Document.QuerySelector("#name")!.GetAttribute("value").ShouldBe("Deuxième"); // The form is there.
    }

    [Fact]
    public async Task Closed_account_is_out_at_once_and_cannot_sign_in()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        var page = await security.GetAsync("/administration/accounts/officier", Cancellation);
        page = await security.SubmitAsync(page, "activity", [], Cancellation);

        page.Url.PathAndQuery.ShouldBe("/administration/accounts/officier?done=account-closed");
        (await officer.GetAsync("/account", Cancellation)).Url.AbsolutePath.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Role_taken_away_is_gone_at_once()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);
        using var other = await node.SignedInAsync("autre", Role.Security, Role.Auditor);

        var page = await security.GetAsync("/administration/accounts/autre", Cancellation);
        await security.SubmitAsync(page, "change", [new("Roles", "Auditor")], Cancellation);

        (await other.GetAsync("/administration", Cancellation)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Security_officers_cannot_shut_themselves_out()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);

        var page = await security.GetAsync("/administration/accounts/securite", Cancellation);

        page.Document.QuerySelectorAll("main [name=Roles], main [name=Clearance], main [name=WasActive]")
            .ShouldBeEmpty();
        (await security.GetAsync("/administration", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Reset_voids_the_authenticator_and_ends_the_sessions()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);
        using var second = await node.SignedInAsync("seconde", Role.Security);
        var account = await node.OpenAccountAsync("officier", Role.Officer);
        using var officer = node.Visitor();
        await officer.SignInAsync("officier", account.Password, account.TotpSecret!, Cancellation); // Enrolled.

        var page = await security.GetAsync("/administration/accounts/officier", Cancellation);
        page = await security.SubmitAsync(page, "reset", [new("ResetReason", "Téléphone perdu")], Cancellation);
        (await officer.GetAsync("/account", Cancellation)).Url.AbsolutePath.ShouldBe("/account");
        page = await DecideAsync(second, page.Url.AbsolutePath, "grant");
        var form = await officer.GetAsync("/account", Cancellation);
        var password = Password(page);
        var next = await officer.SubmitAsync(
            form,
            "sign-in",
            [new("Login", "officier"), new("Password", password)],
            Cancellation
        );

        form.Url.AbsolutePath.ShouldBe("/sign-in");
        next.Url.AbsolutePath.ShouldBe("/sign-in/enrol");
    }

    [Fact]
    public async Task Unit_is_opened_with_names_in_its_languages()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);

        var page = await security.GetAsync("/administration/units", Cancellation);
        page = await security.SubmitAsync(
            page,
            "unit",
            [new("Slug", "analyse"), new("Names[fr]", "Analyse"), new("Names[ar]", "التحليل")],
            Cancellation
        );

        page.Text.ShouldContain("analyse@ma.interieur");
        (await node.Services.GetRequiredService<UnitBook>().FindAsync("analyse", Cancellation))
            ?.Names["ar"]
            .ShouldBe("التحليل");
    }

    [Fact]
    public async Task Unknown_account_is_not_found()
    {
        await using var node = await RunningNode.StartAsync();
        using var security = await node.SignedInAsync("securite", Role.Security);

        var page = await security.GetAsync("/administration/accounts/personne", Cancellation);

        page.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<BrowserlessPage> OpenAsync(BrowserlessClient security, string login, string name) =>
        await security.SubmitAsync(
            await security.GetAsync("/administration/accounts/new", Cancellation),
            "open",
            [
                new("Login", login),
                new("Name", name),
                new("Roles", "Officer"),
                new("Roles", "Desk"),
                new("Reason", "Prise de poste"),
            ],
            Cancellation
        );

    private static async Task<BrowserlessPage> DecideAsync(
        BrowserlessClient second,
        string proposal,
        string decision
    ) =>
        await second.SubmitAsync(
            await second.GetAsync(proposal, Cancellation),
            "decide",
            [new("Reason", "Vérifié auprès du service"), new("Decision", decision)],
            Cancellation
        );

    private static string Password(BrowserlessPage page) =>
        page.Document.QuerySelector("dd .user-select-all").ShouldNotBeNull().TextContent;
}
