using Entente.Node.Guard;
using Entente.Node.Web;

namespace Entente.Node.Tests.Guard;

public sealed class DisclosureGuardTests
{
    [Fact]
    public async Task Lawful_request_is_allowed() => (await Decide(Disclosures.Lawful)).Allowed.ShouldBeTrue();

    [Fact]
    public async Task Every_objection_is_reported_at_once()
    {
        var decision = await Decide(Disclosures.Lawful with { Rank = 2, Basis = null });

        decision.Verdict.ShouldBe(Verdict.Refuse);
        decision.Why.ShouldBe("refused:basis,ceiling");
    }

    [Fact]
    public void Refusal_outweighs_a_missing_approval()
    {
        Decision.Of([Of("a", Verdict.NeedsApproval), Of("b", Verdict.Refuse)]).Why.ShouldBe("refused:b");
        Decision.Of([Of("a", Verdict.NeedsApproval)]).Why.ShouldBe("needs-approval:a");
    }

    [Fact]
    public async Task Every_objection_has_its_words_in_six_languages()
    {
        var book = new LabelBook();
        foreach (var disclosure in Unlawful())
        {
            foreach (var finding in (await Decide(disclosure)).Findings)
            {
                foreach (var language in LabelBook.Languages)
                {
                    Phrase[] said = [finding.Reason, finding.Source, finding.Remedy, new("guard.rule." + finding.Rule)];
                    said.ShouldAllBe(phrase => !phrase.Say(book, language).Contains('['), finding.Rule);
                }
            }
        }
    }

    [Fact]
    public void Every_rule_is_found_and_named_in_the_labels()
    {
        var book = new LabelBook();

        Disclosures.GuardWithout(null).Rules.Count.ShouldBeGreaterThanOrEqualTo(29);
        Disclosures.Guard().Rules.ShouldAllBe(id => book.All.ContainsKey("guard.rule." + id));
    }

    private static IEnumerable<Disclosure> Unlawful()
    {
        var lawful = Disclosures.Lawful;
        yield return lawful with
        {
            Link = null,
            Basis = null,
            Domain = "prisons",
            Rank = 4,
            Contents = new HashSet<string>(),
        };
        yield return lawful with
        {
            Kind = "alert",
            Domain = "prisons",
            Basis = "?",
            Handling = ["H0", "H1"],
            Rank = 3,
        };
        yield return lawful with
        {
            Purpose = null,
            Handling = ["H3"],
            Urgent = true,
            Domain = null,
        };
        yield return lawful with
        {
            Foreign = [Disclosures.FromBerlin with { Handling = ["H2"] }],
            Profile = null,
        };
        yield return lawful with
        {
            Kind = "answer",
            Handling = ["H7"],
        };
    }

    private static Finding Of(string rule, Verdict verdict) => new(rule, verdict, new("a"), new("b"), new("c"), null);

    private static Task<Decision> Decide(Disclosure disclosure) =>
        Disclosures.Guard().DecideAsync(disclosure, TestContext.Current.CancellationToken);
}
