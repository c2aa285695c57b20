using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Protection;

/// <summary>Nobody types a code: states and domains are chosen by their names.</summary>
public sealed class ChoicePagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Country_of_a_protected_person_is_chosen_by_name()
    {
        await using var node = await RunningNode.StartAsync();
        using var protection = await node.SignedInAsync("protection", Role.Protection);

        var page = await protection.GetAsync("/protection/persons", Cancellation);
        page.Document.QuerySelector("#origin option[value=SY]").ShouldNotBeNull().TextContent.ShouldBe("Syrie");
        var refused = await protection.SubmitAsync(
            page,
            "/protection/persons",
            [new("names", "Exemple Inventé"), new("origin", "")],
            Cancellation
        );
        refused.Text.ShouldContain("Choisissez le pays d’origine.");
        var placed = await protection.SubmitAsync(
            page,
            "/protection/persons",
            [new("names", "Exemple Inventé"), new("origin", "SY")],
            Cancellation
        );
        placed.Document.QuerySelectorAll("section p").Select(p => p.TextContent).ShouldContain("Syrie");
    }

    [Fact]
    public async Task Risk_is_recorded_with_the_domains_ticked_and_listed_in_words()
    {
        await using var node = await RunningNode.StartAsync();
        using var protection = await node.SignedInAsync("protection", Role.Protection);

        var page = await protection.GetAsync("/protection/gates", Cancellation);
        var placed = await protection.SubmitAsync(
            page,
            "/protection/gates/risks",
            [
                new("country", "SY"),
                new("kind", "torture"),
                new("domains", "terrorism"),
                new("domains", "no-domain"),
                new("domains", "drug-trafficking"),
                new("source", "Rapport inventé"),
            ],
            Cancellation
        );

        placed.Text.ShouldContain("Syrie · ");
        placed.Text.ShouldContain("Terrorisme, Trafic de stupéfiants");
        placed.Text.ShouldNotContain("no-domain");
    }
}
