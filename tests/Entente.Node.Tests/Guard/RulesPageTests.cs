using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard.Explained;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Guard;

public sealed class RulesPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_folds_every_section_but_the_one_that_a_link_names()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        var folded = await officer.GetAsync("/rules", Cancellation);
        var linked = await officer.GetAsync(RulesSection.PlaceOf(RulesSection.OfRule("ceiling")), Cancellation);

        folded.Document.QuerySelectorAll(".rules-section[open]").ShouldBeEmpty();
        linked.Document.QuerySelectorAll(".rules-section[open]").ShouldHaveSingleItem().Id.ShouldBe("rule-ceiling");
    }

    [Fact]
    public async Task Links_to_sections_are_one_each_and_the_same_in_every_language()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        var french = Ids(await officer.GetAsync("/rules?lang=fr", Cancellation));
        var arabic = Ids(await officer.GetAsync("/rules?lang=ar", Cancellation));

        french.ShouldBeUnique();
        french.Count.ShouldBeGreaterThan(50);
        arabic.ShouldBe(french);
    }

    [Fact]
    public async Task Search_leaves_what_holds_the_words_whatever_their_accents_and_unfolds_it()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("officier", Role.Officer);

        var found = await officer.GetAsync("/rules?q=penalite%20TORTURE", Cancellation);
        var mort = await officer.GetAsync("/rules?q=torture%20MORT", Cancellation);

        Ids(found).ShouldBeEmpty();
        Ids(mort).ShouldContain("rule-assurance");
        Ids(mort).ShouldNotContain("rule-ceiling");
        mort.Document.QuerySelectorAll(".rules-section:not([open])").ShouldBeEmpty();
    }

    private static List<string?> Ids(BrowserlessPage page) =>
        [.. page.Document.QuerySelectorAll(".rules-section").Select(section => section.Id)];
}
