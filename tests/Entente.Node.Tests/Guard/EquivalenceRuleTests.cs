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
    public async Task While_no_table_is_agreed_it_is_said_and_the_rank_binds() =>
        (await Check(null, French))!.Verdict.ShouldBe(Verdict.Allow);

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
