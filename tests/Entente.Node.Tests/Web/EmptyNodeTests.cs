using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Web;

/// <summary>A node on its first day says what to do next wherever nothing can be done yet.</summary>
public sealed class EmptyNodeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/texts/new", Role.Desk)]
    [InlineData("/meetings/new", Role.Desk)]
    [InlineData("/activities/new", Role.Desk)]
    [InlineData("/compose", Role.Officer)]
    public async Task Form_that_needs_a_partner_says_that_there_is_no_link(string path, Role role)
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("agent", role);

        var page = await officer.GetAsync(path, Cancellation);

        page.Document.QuerySelector("main .empty").ShouldNotBeNull().TextContent.ShouldContain("établir une liaison");
        page.Document.QuerySelector("main form button[type=submit]").ShouldBeNull();
    }

    [Fact]
    public async Task Page_of_time_limits_says_when_something_comes_there()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("agent", Role.Officer);

        var page = await officer.GetAsync("/inbox/alerts", Cancellation);

        page.Document.QuerySelector("main .empty").ShouldNotBeNull().TextContent.ShouldContain("dernier quart");
    }
}
