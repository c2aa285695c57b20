using Entente.Node.Features.Accounts;
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
    public void Decision_tells_conditions_from_objections_and_names_who_approves()
    {
        var (condition, refusal) = (Of("a", Verdict.Allow), Of("b", Verdict.Refuse));
        var nobody = Of("c", Verdict.NeedsApproval);
        var protection = nobody with { Rule = "d", WhoCan = Role.Protection };

        var decision = Decision.Of([condition, refusal, nobody, protection, nobody]);

        decision.Conditions.ShouldBe([condition]);
        decision.ToApprove.ShouldBe(["c", "d", "c"]);
        decision.Approvers.ShouldBe(new[] { Role.Supervisor, Role.Protection }.Order());
    }

    [Fact]
    public void What_is_held_in_silence_is_among_no_findings()
    {
        var (silent, said) = (Of("a", Verdict.Refuse) with { Silent = true }, Of("b", Verdict.NeedsApproval));

        var decision = Decision.Of([said, silent]);

        decision.Held.ShouldBe(silent);
        decision.Findings.ShouldBe([said]);
        decision.Verdict.ShouldBe(Verdict.NeedsApproval);
        Decision.Of([silent]).Allowed.ShouldBeTrue();
    }

    [Fact]
    public async Task Only_what_is_known_before_a_word_is_written_is_foreseen()
    {
        string[] foreseen =
        [
            .. GuardRegistration
                .Rules()
                .Select(type => (IRule)Activator.CreateInstance(type)!)
                .Where(rule => rule.Foreseen)
                .Select(rule => rule.Id)
                .Order(StringComparer.Ordinal),
        ];
        var written = Disclosures.Lawful with { Rank = 3, Basis = null, Purpose = null };

        var decision = await Disclosures.Guard().ForeseeAsync(written, TestContext.Current.CancellationToken);

        foreseen.ShouldBe(Foreseen);
        decision.Findings.Select(finding => finding.Rule).ShouldBeSubsetOf(foreseen);
        decision.Findings.ShouldContain(finding => finding.Rule == "ceiling");
    }

    [Theory]
    [InlineData("es.interior", "ES")]
    [InlineData("fi", "FI")]
    [InlineData("x", "")]
    [InlineData("", "")]
    public void Country_of_a_partner_without_a_link_is_in_its_name(string partner, string country) =>
        (Disclosures.Lawful with { Link = null, Partner = partner }).PartnerCountry.ShouldBe(country);

    [Fact]
    public void Country_of_a_linked_partner_is_the_link_s() =>
        (Disclosures.Lawful with { Partner = "xx.other" }).PartnerCountry.ShouldBe("ES");

    [Fact]
    public void Phrases_are_equal_by_key_and_arguments_and_say_labels_in_the_same_language()
    {
        var phrase = new Phrase("guard.kind.reason", "guard.kind.alert");

        phrase.ShouldBe(new Phrase("guard.kind.reason", "guard.kind.alert"));
        phrase.ShouldNotBe(new Phrase("guard.kind.reason", "guard.kind.answer"));
        phrase.ShouldNotBe(new Phrase("guard.kind.remedy", "guard.kind.alert"));
        phrase.Equals(null).ShouldBeFalse();
        phrase.Say(new LabelBook(), "fi").ShouldContain("Hälytys");
    }

    [Fact]
    public void Every_rule_is_found_and_named_in_the_labels()
    {
        var book = new LabelBook();

        Disclosures.GuardWithout(null).Rules.Count.ShouldBeGreaterThanOrEqualTo(29);
        Disclosures.Guard().Rules.ShouldAllBe(id => book.All.ContainsKey("guard.rule." + id));
    }

    private static readonly string[] Foreseen =
    [
        "ceiling",
        "clearance",
        "domain",
        "equivalence",
        "h1",
        "h2",
        "h3",
        "kind",
        "link",
        "need-to-know",
        "originator",
        "pap",
        "profile",
        "provenance",
        "restricted",
        "tlp",
    ];

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
