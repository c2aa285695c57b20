using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Web;

public sealed class PreferencesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Language_chosen_stays_and_leads_back_to_the_page()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();
        var help = await visitor.GetAsync("/help", Cancellation);

        var chosen = await visitor.SubmitAsync(help, "/preferences", [new("language", "ar")], Cancellation);

        chosen.Url.AbsolutePath.ShouldBe("/help");
        chosen.Document.DocumentElement.GetAttribute("dir").ShouldBe("rtl");
        (await visitor.GetAsync("/", Cancellation)).Document.DocumentElement.GetAttribute("lang").ShouldBe("ar");
    }

    [Theory]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org")]
    public async Task Preferences_lead_to_no_other_site(string back)
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();
        var help = await visitor.GetAsync("/help", Cancellation);

        var chosen = await visitor.SubmitAsync(
            help,
            "/preferences",
            [new("theme", "dark"), new("back", back)],
            Cancellation
        );

        chosen.Url.ShouldBe(node.Pages);
        chosen.Document.DocumentElement.GetAttribute("data-bs-theme").ShouldBe("dark");
    }
}
