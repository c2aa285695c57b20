using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Guard;

/// <summary>Everything the rules judge one disclosure by. Facts only: gathering them is the feature's work.</summary>
public sealed record Disclosure
{
    public required DisclosureAct Act { get; init; }

    /// <summary>Content goes over a link to a partner.</summary>
    public bool Leaves => Act is DisclosureAct.Send or DisclosureAct.Answer or DisclosureAct.Forward;

    /// <summary>Content leaves the node in a form that no rule follows: a file, paper, evidence.</summary>
    public bool TakesOut => Act is DisclosureAct.Export or DisclosureAct.Print or DisclosureAct.Prove;

    /// <summary>Content may be read by whoever the use is for; a count shows none, nor do codes.</summary>
    public bool ShowsContent => Act is not DisclosureAct.Count && !CodesOnly;

    /// <summary>Figures and codes about messages, and not a word of theirs: statistics, a transfer documented for an auditor.</summary>
    public bool CodesOnly { get; init; }

    public required Officer Officer { get; init; }

    /// <summary>The message's kind (`request`, `answer`, `information`, …).</summary>
    public required string Kind { get; init; }

    /// <summary>The partner's node id: to whom it goes, or from whom what is viewed came.</summary>
    public required string Partner { get; init; }

    /// <summary>Null where there is no link with that node.</summary>
    public Link? Link { get; init; }

    /// <summary>The profile the link follows; null where this program does not carry it.</summary>
    public LegalProfile? Profile { get; init; }

    public string? Domain { get; init; }

    public string? Purpose { get; init; }

    /// <summary>The instrument named as legal basis, by its id on this node.</summary>
    public string? Basis { get; init; }

    /// <summary>The instruments in force with the partner's state, from the record.</summary>
    public IReadOnlyList<BasisChoice> InForce { get; init; } = [];

    /// <summary>An answer rests on what the request it replies to named; null elsewhere.</summary>
    public string? AnsweredBasis { get; init; }

    /// <summary>Its use is restricted at the request of somebody whom it names.</summary>
    public bool Restricted { get; init; }

    public required int Rank { get; init; }

    public IReadOnlyList<string> Handling { get; init; } = [];

    public string? HandlingText { get; init; }

    /// <summary>What others gave us and this would pass on.</summary>
    public IReadOnlyList<ForeignContent> Foreign { get; init; } = [];

    public bool Urgent { get; init; }

    public bool NamesSubjects { get; init; }

    /// <summary>Which of the profile's mandatory contents are there, by their codes.</summary>
    public IReadOnlySet<string> Contents { get; init; } = new HashSet<string>();

    /// <summary>What a second person has already approved: rule ids, whose need of approval is met.</summary>
    public IReadOnlySet<string> Approved { get; init; } = NoRules;

    /// <summary>Our units that take part in the matter; empty where it is everybody's.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>For whom a briefing is made: a node or a country; null elsewhere and for our own.</summary>
    public string? Audience { get; init; }

    /// <summary>ISO country of the partner, upper case.</summary>
    public string PartnerCountry => Link?.Country ?? (Partner.Length > 1 ? Partner[..2].ToUpperInvariant() : "");

    /// <summary>The law that binds this node whatever was agreed; null where it is bound by none we carry.</summary>
    public SenderLaw? Law { get; init; }

    public string? TransferGround { get; init; }

    public string? TransferReason { get; init; }

    /// <summary>The persons it names.</summary>
    public IReadOnlyList<DisclosedPerson> Persons { get; init; } = [];

    /// <summary>Categories of data in it: what its subjects are (`person`, `vehicle`, …).</summary>
    public IReadOnlyList<string> DataCategories { get; init; } = [];

    /// <summary>Codes of the special categories in it.</summary>
    public IReadOnlyList<string> SpecialCategories { get; init; } = [];

    public string? SpecialGround { get; init; }

    public string? SpecialReason { get; init; }

    /// <summary>It tells something: information, or an answer that has an answer.</summary>
    public bool GivesInformation { get; init; }

    /// <summary>`facts`, `assessment` or `both`; what the text is said to be.</summary>
    public string? Nature { get; init; }

    /// <summary>There is an assessment in a place of its own.</summary>
    public bool HasAssessment { get; init; }

    public string? Reliability { get; init; }

    public string? Accuracy { get; init; }

    /// <summary>The officer's reason for whoever has to approve.</summary>
    public string? Reason { get; init; }

    /// <summary>Risks on record for the partner's country and this domain that no assurance in force covers.</summary>
    public IReadOnlyList<string> UncoveredRisks { get; init; } = [];

    /// <summary>Set aside for how it was obtained.</summary>
    public bool Quarantined { get; init; }

    /// <summary>The outcome of an automated comparison that nobody has confirmed.</summary>
    public bool Unconfirmed { get; init; }

    /// <summary>The level as it will stand on the message.</summary>
    public Classification? Marking { get; init; }

    /// <summary>It names somebody who is protected from the partner's country.</summary>
    public bool Shielded { get; init; }

    /// <summary>A notice of procedure whose form has no place for personal data, and whose sender declares that it has none.</summary>
    public bool IsImpersonal { get; init; }

    /// <summary>Personal data may be in what is told: acts of procedure and answers without an answer tell none.</summary>
    public bool TellsOfPersons =>
        Leaves && (GivesInformation || Kind is Kinds.Request or Kinds.Information or Kinds.Alert or Kinds.Correction);

    private static readonly IReadOnlySet<string> NoRules = new HashSet<string>();
}

/// <summary>A person named, as the rules see one: no name.</summary>
/// <param name="Category">Code of the profile's list.</param>
public sealed record DisclosedPerson(string? Category, bool IsMinor);

/// <summary>A received message whose content would go on to somebody else.</summary>
/// <param name="Originator">The node whose information it is; it keeps control of onward use.</param>
/// <param name="GivenBy">The node that sent it to us: the originator, or one that had its permission.</param>
/// <param name="Permitted">The originator's permission for this very destination is on record here.</param>
public sealed record ForeignContent(
    string Message,
    string Originator,
    string GivenBy,
    IReadOnlyList<string> Handling,
    bool Permitted
)
{
    /// <summary>The classification rank it was given under.</summary>
    public int Rank { get; init; }

    /// <summary>TLP label it came with, capitals: `AMBER+STRICT`; null for none.</summary>
    public string? Tlp { get; init; }

    /// <summary>PAP label it came with; null for none.</summary>
    public string? Pap { get; init; }

    /// <summary>For what it was given; null where that is not known here.</summary>
    public string? Purpose { get; init; }

    /// <summary>Its giver has agreed to another purpose.</summary>
    public bool PurposePermitted { get; init; }

    /// <summary>Set aside for how it was obtained.</summary>
    public bool Quarantined { get; init; }

    /// <summary>Its use is restricted at the request of somebody whom it names.</summary>
    public bool Restricted { get; init; }

    /// <summary>Units of ours that it was addressed to by name.</summary>
    public IReadOnlyList<string> NamedRecipients { get; init; } = [];
}
