using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Guard;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>A draft with what it refers to found, and the guard's decision on it.</summary>
public sealed record ReviewedDraft
{
    public required RequestDraft Draft { get; init; }
    public required Address To { get; init; }
    public required Link Link { get; init; }
    public BasisChoice? Basis { get; init; }
    public required IReadOnlyList<CommitmentChoice> Commitments { get; init; }

    /// <summary>The received message that is passed on.</summary>
    public OpenedMessage? Forwarded { get; init; }
    public required Disclosure Disclosure { get; init; }
    public required Decision Decision { get; init; }
}

/// <summary>Looks up what a draft refers to and asks the guard about it. Nothing is recorded and nothing leaves.</summary>
internal sealed class DraftReview(
    LinkDirectory links,
    RecordBook record,
    LegalProfiles profiles,
    ForeignContents foreign,
    CaseBook cases,
    LeavingFacts leaving,
    DisclosureGuard guard,
    IEnumerable<IWithdrawn> withdrawn,
    TimeProvider clock
)
{
    private const int Majority = 18;

    /// <param name="approved">The rules whose need of approval somebody has met.</param>
    /// <returns>The reviewed draft, or what the officer must put right before it can be judged.</returns>
    public async Task<(ReviewedDraft? Review, IReadOnlyList<ExchangeError> Faults)> OfAsync(
        Officer officer,
        RequestDraft draft,
        CancellationToken cancellation,
        IReadOnlySet<string>? approved = null
    )
    {
        List<ExchangeError> faults = [.. DraftLimits.Faults(draft)];
        var addressed = Address.TryParse(draft.To, out var to);
        var link = addressed ? await links.FindAsync(to.Node.ToString(), cancellation) : null;
        if (link is null)
        {
            faults.Add(draft.To.StartsWith('@') ? new UnitMalformed() : new PartnerMissing());
            return (null, faults);
        }

        if (draft.Case is { } caseId && !await cases.IsOpenToAsync(officer, caseId, link.Partner, cancellation))
        {
            faults.Add(new CaseUnknown());
        }

        var forwarded = draft.Forward is { } id ? await cases.ReceivedAsync(officer, id, cancellation) : null;
        if (draft.Forward is not null && forwarded is null)
        {
            faults.Add(new ForwardUnknown());
        }

        foreach (var source in forwarded is null ? [] : withdrawn)
        {
            if (await source.IsWithdrawnAsync(forwarded!.Stored.Id, cancellation)) // Asked where there is one.
            {
                faults.Add(new ForwardWithdrawn());
            }
        }

        if (draft.GivesInformation && string.IsNullOrWhiteSpace(draft.Text))
        {
            faults.Add(new InformationMissing());
        }

        return faults.Count > 0
            ? (null, faults)
            : (await JudgeAsync(officer, draft, to, link, forwarded, approved, cancellation), []);
    }

    private async Task<ReviewedDraft> JudgeAsync(
        Officer officer,
        RequestDraft draft,
        Address to,
        Link link,
        OpenedMessage? forwarded,
        IReadOnlySet<string>? approved,
        CancellationToken cancellation
    )
    {
        var bases = await record.BasesAsync(link.Country, cancellation);
        var commitments = draft.Commitments.Count == 0 ? [] : await record.CommitmentsAsync(link.Country, cancellation);
        var profile = profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion);
        var disclosure = new Disclosure
        {
            Act = forwarded is null ? DisclosureAct.Send : DisclosureAct.Forward,
            Officer = officer,
            Kind = draft.Kind,
            Partner = link.Partner,
            Link = link,
            Profile = profile,
            Domain = draft.Domain,
            Purpose = draft.Purpose,
            Basis = draft.Basis,
            InForce = bases,
            Rank = draft.Rank,
            Handling = draft.Handling,
            HandlingText = draft.HandlingText,
            Foreign = forwarded is null
                ? []
                : await foreign.OfAsync(forwarded, link.Partner, draft.Purpose, cancellation),
            Urgent = draft.Kind == Kinds.Request && draft.Urgency != "other",
            NamesSubjects = draft.Subjects.Count > 0,
            IsImpersonal = draft.IsImpersonal,
            Contents = Contents(draft, profile),
            GivesInformation = draft.GivesInformation,
            Reliability = draft.Reliability,
            Accuracy = draft.Accuracy,
            Reason = draft.ApprovalReason,
            Persons = [.. draft.Subjects.Where(subject => subject.Type == SubjectType.Person).Select(Person)],
            DataCategories =
            [
                .. draft.Subjects.Select(subject => subject.Type.ToString().ToLowerInvariant()).Distinct(),
            ],
        };
        disclosure = await leaving.CompleteAsync(disclosure, draft.Safeguards, Texts(draft), cancellation);
        return new ReviewedDraft
        {
            Draft = draft,
            To = to,
            Link = link,
            Basis = bases.FirstOrDefault(choice => choice.Id == draft.Basis),
            Commitments = [.. commitments.Where(choice => draft.Commitments.Contains(choice.Id))],
            Forwarded = forwarded,
            Disclosure = disclosure,
            Decision = await guard.DecideAsync(disclosure, cancellation),
        };
    }

    private DisclosedPerson Person(SubjectDraft subject) =>
        new(
            subject.Category,
            subject.IsMinor
                || (
                    PartialDate.TryDay(subject.Born, out var born)
                    && born.AddYears(Majority) > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)
                )
        );

    private static IEnumerable<string?> Texts(RequestDraft draft) =>
        [
            draft.Subject,
            draft.Text,
            draft.Purpose,
            draft.Justification,
            draft.Availability,
            draft.SubjectLink,
            draft.UrgencyReason,
            draft.HandlingText,
            .. draft.Questions,
            .. draft.Subjects.SelectMany(subject => new[] { subject.Name, subject.Detail }),
        ];

    private static HashSet<string> Contents(RequestDraft draft, LegalProfile? profile) =>
        [
            .. new (string Code, bool Said)[]
            {
                ("asked", draft.Questions.Any(Said)),
                ("purpose", Said(draft.Purpose)),
                ("justification", Said(draft.Justification)),
                ("availability", Said(draft.Availability)),
                ("subject-link", Said(draft.SubjectLink)),
                // The list of grounds is closed: a code that is not on it states none.
                (
                    "urgency",
                    profile?.UrgencyGrounds.Any(ground => ground.Code == draft.UrgencyGround) == true
                        && Said(draft.UrgencyReason)
                ),
            }
                .Where(content => content.Said)
                .Select(content => content.Code),
        ];

    private static bool Said(string? text) => !string.IsNullOrWhiteSpace(text);
}
