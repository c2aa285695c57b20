using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class EquivalenceRuleTests
{
    private static readonly Level French = new("fr", "2021-07-01", 3);

    [Fact]
    public async Task Level_without_an_agreed_equivalence_is_refused()
    {
        (await Check([new LevelEquivalence(French, new Level("de", "1", 3))], French)).ShouldBeNull();
        (await Check([], French))!.Verdict.ShouldBe(Verdict.Refuse);
    }

    [Fact]
    public async Task Same_word_of_another_year_is_another_level()
    {
        var before = French with { Version = "2011-11-30" };

        (await Check([new LevelEquivalence(before, new Level("de", "1", 3))], French)).ShouldNotBeNull();
    }

    [Fact]
    public async Task While_no_table_is_agreed_nothing_above_unclassified_goes()
    {
        (await Check(null, French))!.Verdict.ShouldBe(Verdict.Refuse);
        (await Check(null, French with { Rank = 0 })).ShouldBeNull();
    }

    [Fact]
    public async Task Before_it_is_marked_its_rank_must_be_one_that_is_agreed()
    {
        var unmarked = Disclosures.Lawful with { Rank = 1, Marking = null };
        var none = Disclosures.Link with { Settings = Disclosures.Link.Settings with { Equivalences = null } };

        (await Disclosures.Check(new EquivalenceRule(), unmarked)).ShouldBeNull();
        (await Disclosures.Check(new EquivalenceRule(), unmarked with { Link = none }))!.Reason.Key.ShouldBe(
            "guard.equivalence.unmarked"
        );
    }

    [Fact]
    public async Task Refusal_names_the_level_that_is_marked()
    {
        var finding = await Check([], French);

        finding!.Reason.Key.ShouldBe("guard.equivalence.reason");
        finding.Reason.Arguments.ShouldBe(["SECRET", "fr", "2021-07-01"]);
    }

    [Fact]
    public async Task Before_it_is_marked_another_rank_s_equivalence_is_none()
    {
        LevelEquivalence[] agreed = [new(French with { Rank = 2 }, new Level("de", "1", 2))];
        var link = Disclosures.Link with { Settings = Disclosures.Link.Settings with { Equivalences = agreed } };
        var unmarked = Disclosures.Lawful with { Rank = 1, Marking = null, Link = link };

        (await Disclosures.Check(new EquivalenceRule(), unmarked)).ShouldNotBeNull();
        (await Disclosures.Check(new EquivalenceRule(), unmarked with { Rank = 2 })).ShouldBeNull();
    }

    [Fact]
    public async Task Unclassified_needs_none() => (await Check([], French with { Rank = 0 })).ShouldBeNull();

    private static Task<Finding?> Check(IReadOnlyList<LevelEquivalence>? agreed, Level level) =>
        Disclosures.Check(
            new EquivalenceRule(),
            Disclosures.Lawful with
            {
                Rank = level.Rank,
                Marking = new Classification(level.Scheme, level.Version, level.Rank, "SECRET"),
                Link = Disclosures.Link with { Settings = Disclosures.Link.Settings with { Equivalences = agreed } },
            }
        );
}
