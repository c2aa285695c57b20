using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Links;

public sealed class LinkPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_officers_make_a_link_by_the_pages_and_stop_it()
    {
        await using var node = await RunningNode.StartAsync();
        using var first = await node.SignedInAsync("securite1", Role.Security);
        using var second = await node.SignedInAsync("securite2", Role.Security);
        var card = await ForeignCardAsync();

        var preview = await LookAsync(first, card);
        var link = await first.SubmitAsync(
            preview,
            "take",
            [new("Ceiling", "1"), new("Domains", "terrorism"), new("Kinds", "request")],
            Cancellation
        );
        var once = await first.SubmitAsync(link, "confirm", [], Cancellation);
        var active = await second.SubmitAsync(
            await second.GetAsync("/links/es.interior", Cancellation),
            "confirm",
            [],
            Cancellation
        );
        var stopped = await second.SubmitAsync(active, "toggle", [new("Reason", "Essai")], Cancellation);

        link.Url.PathAndQuery.ShouldBe("/links/es.interior?done=accepted");
        once.Document.QuerySelectorAll("form input[value=confirm]").ShouldBeEmpty();
        active.Url.PathAndQuery.ShouldBe("/links/es.interior?done=activated");
        stopped.Url.PathAndQuery.ShouldBe("/links/es.interior?done=suspended");
        var kept = await node.Services.GetRequiredService<LinkDirectory>().FindAsync("es.interior", Cancellation);
        kept.ShouldNotBeNull().State.ShouldBe(LinkState.Suspended);
        kept.Settings.Domains.ShouldBe(["terrorism"]);
    }

    [Fact]
    public async Task Card_that_is_none_is_refused_in_words_and_the_text_stays()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("securite1", Role.Security);

        var page = await LookAsync(officer, "ceci n’est pas une carte");

        page.Document.QuerySelector("[role=alert]").ShouldNotBeNull().TextContent.ShouldContain("carte");
        page.Document.QuerySelector("textarea")!.TextContent.ShouldBe("ceci n’est pas une carte"); // The form is there.
    }

    [Fact]
    public async Task Our_own_card_is_downloaded_and_refused_as_a_partners()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("securite1", Role.Security);

        var card = await officer.Http.GetStringAsync(new Uri("/links/card", UriKind.Relative), Cancellation);
        var page = await LookAsync(officer, card);

        page.Document.QuerySelector("[role=alert]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Terms_changed_are_a_new_version()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("securite1", Role.Security);
        var preview = await LookAsync(officer, await ForeignCardAsync());
        var link = await officer.SubmitAsync(preview, "take", [], Cancellation);

        await officer.SubmitAsync(link, "terms", [new("Ceiling", "2")], Cancellation);

        var kept = await node.Services.GetRequiredService<LinkDirectory>().FindAsync("es.interior", Cancellation);
        kept.ShouldNotBeNull();
        (kept.Settings.Version, kept.Settings.CeilingRank).ShouldBe((2, 2));
        kept.Settings.Kinds.Count.ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("/links")]
    [InlineData("/links/card")]
    [InlineData("/links/accept")]
    [InlineData("/links/es.interior")]
    public async Task Links_are_the_security_officers_alone(string path)
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("officier", Role.Officer, Role.Supervisor, Role.Desk);

        (await officer.GetAsync(path, Cancellation)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<BrowserlessPage> LookAsync(BrowserlessClient officer, string card) =>
        await officer.SubmitAsync(
            await officer.GetAsync("/links/accept", Cancellation),
            "look",
            [new("Card", card)],
            Cancellation
        );

    private static async Task<string> ForeignCardAsync()
    {
        await using var store = await TestStore.CreateAsync("Sqlite", node: "es.interior");
        await using var services = store.Services();
        return (await services.GetRequiredService<LinkCeremony>().OwnCardAsync(Cancellation)).Jws;
    }
}
