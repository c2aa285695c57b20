using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Guard.Explained;

/// <summary>One disclosure for each rule that this rule, and only its kind of fault, stands against. The names are invented.</summary>
internal static class RuleExamples
{
    private const string Partner = "es.interior";

    private static readonly LegalProfile Profile = new LegalProfiles().Find("eu-2023-977", "2023-06-11")!; // Shipped.

    private static readonly LinkSettings Settings = new()
    {
        Version = 1,
        CeilingRank = 1,
        Domains = new HashSet<string> { "drug-trafficking" },
        Kinds = new HashSet<string> { Kinds.Request, Kinds.Answer, Kinds.Information },
        ProfileId = Profile.Id,
        ProfileVersion = Profile.Version,
        ProfileSha256 = Profile.Sha256,
        Equivalences = [.. Enumerable.Range(1, 4).Select(Level)],
    };

    private static LevelEquivalence Level(int rank) =>
        new(new Level("example-ours", "1", rank), new Level("example-theirs", "1", rank));

    private static readonly Link Link = new()
    {
        Partner = Partner,
        Country = "ES",
        Names = new Dictionary<string, string>(),
        State = LinkState.Active,
        Settings = Settings,
    };

    private static readonly Officer Officer = new(
        "example",
        "officer",
        "Officer",
        "liaison",
        new HashSet<Role> { Role.Officer },
        Clearance: 1
    );

    /// <summary>A request that no rule stands against.</summary>
    public static Disclosure Lawful { get; } =
        new()
        {
            Act = DisclosureAct.Send,
            Officer = Officer,
            Kind = Kinds.Request,
            Partner = Partner,
            Link = Link,
            Profile = Profile,
            Domain = "drug-trafficking",
            Purpose = "example",
            Basis = "agreement",
            InForce = [new BasisChoice("agreement", "agreement", "Agreement", "2019")],
            Rank = 1,
            Handling = ["H1"],
            Contents = new HashSet<string> { "asked", "purpose", "justification", "availability" },
        };

    private static readonly ForeignContent Given = new("message", "de.bmi", "de.bmi", [], Permitted: false);

    private static Disclosure Told =>
        Lawful with
        {
            Kind = Kinds.Information,
            GivesInformation = true,
            Nature = "facts",
            Reliability = "A",
            Accuracy = "1",
        };

    private static Disclosure Shown => Lawful with { Act = DisclosureAct.View };

    private static Disclosure PassedOn(ForeignContent content) =>
        Told with
        {
            Act = DisclosureAct.Forward,
            Foreign = [content with { Permitted = content.Permitted }],
        };

    /// <summary>By rule id, in the order of the guard.</summary>
    public static IReadOnlyDictionary<string, Disclosure> All { get; } =
        new SortedDictionary<string, Disclosure>(StringComparer.Ordinal)
        {
            ["assurance"] = Lawful with { UncoveredRisks = ["death-penalty"] },
            ["asylum"] = Lawful with { Shielded = true },
            ["basis"] = Lawful with { Basis = null },
            ["category"] = Lawful with { Persons = [new DisclosedPerson(null, IsMinor: false)] },
            ["ceiling"] = Lawful with { Rank = 2, Officer = Officer with { Clearance = 4 } },
            ["clearance"] = Shown with { Rank = 2 },
            ["contents"] = Lawful with { Contents = new HashSet<string>() },
            ["data"] = Lawful with
            {
                DataCategories = ["phone"],
                Link = Link with { Settings = Settings with { DataCategories = new HashSet<string> { "person" } } },
            },
            ["domain"] = Lawful with { Domain = "terrorism" },
            ["equivalence"] = Lawful with
            {
                Marking = new Classification("fr", "2021-07-01", 1, "DIFFUSION RESTREINTE"),
                Link = Link with { Settings = Settings with { Equivalences = [] } },
            },
            ["evaluation"] = Told with { Reliability = null },
            ["facts"] = Told with { Nature = null },
            ["h1"] = Shown with { Act = DisclosureAct.Prove, Foreign = [Given with { Handling = ["H1"] }] },
            ["h2"] = Shown with { Act = DisclosureAct.Export, Foreign = [Given with { Handling = ["H2"] }] },
            ["h3"] = Shown with { Act = DisclosureAct.Export, Foreign = [Given with { Handling = ["H3"] }] },
            ["handling"] = Lawful with { Handling = ["H0", "H1"] },
            ["human"] = Told with { Officer = Officer with { Login = Officer.NodeActor } },
            ["kind"] = Lawful with { Kind = Kinds.Alert },
            ["link"] = Lawful with { Link = Link with { State = LinkState.Suspended } },
            ["marking"] = PassedOn(Given with { Permitted = true, Rank = 3 }),
            ["need-to-know"] = Shown with { Units = ["customs"] },
            ["originator"] = PassedOn(Given),
            ["pap"] = Shown with { Act = DisclosureAct.Prove, Foreign = [Given with { Pap = "AMBER" }] },
            ["profile"] = Lawful with
            {
                Link = Link with { Settings = Settings with { ProfileSha256 = "another-file" } },
            },
            ["provenance"] = Shown with { Quarantined = true },
            ["purpose"] = PassedOn(Given with { Permitted = true, Purpose = "another" }),
            ["restricted"] = Shown with { Restricted = true },
            ["special"] = Lawful with
            {
                SpecialCategories = ["health"],
                Link = Link with { Settings = Settings with { DataCategories = new HashSet<string> { "health" } } },
            },
            ["tlp"] = Shown with { Act = DisclosureAct.Export, Foreign = [Given with { Tlp = "AMBER" }] },
            ["transfer"] = Lawful with
            {
                Law = SenderLaws.Directive,
                Partner = "ma.interieur",
                Link = Link with { Partner = "ma.interieur", Country = "MA" },
            },
            ["vulnerable"] = Lawful with
            {
                Persons = [new DisclosedPerson("victim", IsMinor: false)],
                Reason = "example",
            },
        };
}
