using Entente.Node.Features.Links;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Links;

/// <summary>One side proposes, the other adopts, both in signed messages; then both have the same version in force.</summary>
public sealed class AgreedTermsTests
{
    private static readonly LevelEquivalence Level = new(new Level("fr", "2021-07-01", 3), new Level("es", "1", 3));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Adopted_terms_are_in_force_on_both_sides_each_from_its_own_view(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var wanted = Bureau.Terms with
        {
            CeilingRank = 2,
            DataCategories = new HashSet<string> { "person", "vehicle" },
            Equivalences = [Level],
        };

        (await rabat.Get<TermsDesk>().ProposeAsync(rabat.Officer, madrid.Node, wanted, Cancellation)).ShouldBeNull();
        await rabat.HandOverAsync(madrid);
        (await SettingsAsync(madrid, rabat)).CeilingRank.ShouldBe(1); // Nothing is agreed yet.
        var open = (await madrid.Get<TermsRows>().OpenAsync(rabat.Node, Cancellation)).Single();
        (await madrid.Get<TermsDesk>().AdoptAsync(madrid.Officer, rabat.Node, open.Id, Cancellation)).ShouldBeNull();
        await madrid.HandOverAsync(rabat);

        var (here, there) = (await SettingsAsync(rabat, madrid), await SettingsAsync(madrid, rabat));
        here.Version.ShouldBe(2);
        there.Version.ShouldBe(2);
        here.CeilingRank.ShouldBe(2);
        there.CeilingRank.ShouldBe(2);
        here.Equivalences.ShouldBe([Level]);
        there.Equivalences.ShouldBe([Level.Turned]);
        (await rabat.Get<TermsRows>().OpenAsync(madrid.Node, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Partner_s_word_on_what_was_never_proposed_changes_nothing()
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite");
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite");
        await rabat.LinkAsync(madrid);

        (
            await madrid.Get<TermsDesk>().AdoptAsync(madrid.Officer, rabat.Node, Guid.Empty.ToString(), Cancellation)
        ).ShouldNotBeNull();

        (await SettingsAsync(madrid, rabat)).Version.ShouldBe(1);
    }

    [Fact]
    public void Table_is_typed_one_level_a_line()
    {
        var typed = TermsText.Read("fr 2021-07-01 3 = es 1 3\nnonsense\n");

        typed.ShouldBe([Level]);
        TermsText.Write(typed).ShouldBe("fr 2021-07-01 3 = es 1 3");
        TermsText.Read(" ").ShouldBeNull();
    }

    private static async Task<LinkSettings> SettingsAsync(Bureau at, Bureau partner) =>
        (await at.Get<LinkDirectory>().FindAsync(partner.Node, Cancellation))!.Settings; // Linked above.
}
