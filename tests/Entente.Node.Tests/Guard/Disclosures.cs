using System.Text.RegularExpressions;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Profiles;
using Entente.Node.Tests.Support;
using Entente.Node.Web;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

/// <summary>A request that every rule allows; a test changes the one thing it is about.</summary>
internal static class Disclosures
{
    public static readonly LegalProfile Profile = new LegalProfiles().Find("eu-2023-977", "2023-06-11")!;

    public static readonly Link Link = new()
    {
        Partner = "es.interior",
        Country = "ES",
        Names = new Dictionary<string, string> { ["fr"] = "Espagne" },
        State = LinkState.Active,
        Settings = new LinkSettings
        {
            Version = 3,
            CeilingRank = 1,
            Domains = new HashSet<string> { "terrorism", "drug-trafficking" },
            Kinds = new HashSet<string> { Kinds.Request, Kinds.Answer, Kinds.Information },
            ProfileId = "eu-2023-977",
            ProfileVersion = "2023-06-11",
            ProfileSha256 = Profile.Sha256,
            Equivalences = TestLinks.Settings.Equivalences,
        },
    };

    public static readonly Officer Officer = new(
        "u1",
        "officer.one",
        "Officer One",
        "liaison",
        new HashSet<Role> { Role.Officer },
        Clearance: 2
    );

    public static readonly BasisChoice Agreement = new("basis-1", "agreement", "Agreement of the example", "2019");

    public static Disclosure Lawful =>
        new()
        {
            Act = DisclosureAct.Send,
            Officer = Officer,
            Kind = Kinds.Request,
            Partner = "es.interior",
            Link = Link,
            Profile = Profile,
            Domain = "drug-trafficking",
            Purpose = "Investigation of an invented offence",
            Basis = Agreement.Id,
            InForce = [Agreement],
            Rank = 1,
            Handling = ["H1"],
            Contents = new HashSet<string> { "asked", "purpose", "justification", "availability" },
        };

    public static ForeignContent FromBerlin =>
        new("0197", Originator: "de.bmi", GivenBy: "de.bmi", Handling: [], Permitted: false);

    /// <summary>Taken away by `tests/guard-mutations`, to see that somebody misses it.</summary>
    private static readonly string? Without = Environment.GetEnvironmentVariable("ENTENTE_GUARD_WITHOUT");

    private static readonly LabelBook Labels = new();

    /// <summary>What a rule finds; whatever that is, it can be said in every language.</summary>
    public static async Task<Finding?> Check(IRule rule, Disclosure disclosure)
    {
        if (rule.Id == Without)
        {
            return null;
        }

        var finding = await rule.CheckAsync(disclosure, TestContext.Current.CancellationToken);
        if (finding is not null)
        {
            finding.Rule.ShouldBe(rule.Id);
            Labels.All.Keys.ShouldContain("guard.rule." + rule.Id);
            foreach (var phrase in new[] { finding.Reason, finding.Source, finding.Remedy })
            {
                IsSayable(phrase);
            }
        }

        return finding;
    }

    /// <summary>Its label exists, and each of its blanks is filled with something.</summary>
    private static void IsSayable(Phrase phrase)
    {
        Labels.All.Keys.ShouldContain(phrase.Key);
        var blanks = Regex.Matches(Labels.Text(phrase.Key, "fr"), @"\{(\d)\}").Select(m => m.Value).Distinct();
        phrase.Arguments.Count.ShouldBe(blanks.Count(), phrase.Key);
        phrase.Arguments.ShouldAllBe(argument => !string.IsNullOrWhiteSpace(argument), phrase.Key);
        phrase
            .Arguments.Where(argument => argument.StartsWith("guard.", StringComparison.Ordinal))
            .ShouldAllBe(argument => Labels.All.ContainsKey(argument), phrase.Key);
    }

    public static DisclosureGuard Guard() => GuardWithout(Without);

    public static DisclosureGuard GuardWithout(string? rule) =>
        new(
            GuardRegistration
                .Rules()
                .Select(type => (IRule)Activator.CreateInstance(type)!)
                .Where(one => one.Id != rule)
        );
}
