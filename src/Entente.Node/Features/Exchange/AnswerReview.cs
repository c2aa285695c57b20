using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

public sealed record ReviewedAnswer
{
    public required AnswerDraft Draft { get; init; }
    public required RequestRow Row { get; init; }
    public required Message Request { get; init; }
    public required LegalProfile Profile { get; init; }
    public required Disclosure Disclosure { get; init; }
    public required Decision Decision { get; init; }
}

/// <summary>Looks up what an answer refers to and asks the guard about it. Nothing is recorded and nothing leaves.</summary>
internal sealed class AnswerReview(
    CaseBook cases,
    LinkDirectory links,
    LegalProfiles profiles,
    LeavingFacts leaving,
    DisclosureGuard guard
)
{
    public async Task<(ReviewedAnswer? Review, IReadOnlyList<ExchangeError> Faults)> OfAsync(
        Officer officer,
        AnswerDraft draft,
        CancellationToken cancellation,
        IReadOnlySet<string>? approved = null
    )
    {
        var row = await cases.RequestAsync(officer, draft.Request, cancellation);
        var request = await cases.ReceivedAsync(officer, draft.Request, cancellation);
        var profile = row is null ? null : profiles.Find(row.ProfileId, row.ProfileVersion);
        if (row is not { Incoming: true, Kind: Kinds.Request } || request is null || profile is null)
        {
            return (null, [new RequestUnknown()]);
        }

        List<ExchangeError> faults = [.. Faults(draft, row, profile)];
        return faults.Count > 0
            ? (null, faults)
            : (await JudgeAsync(officer, draft, row, request, profile, approved, cancellation), []);
    }

    private static IEnumerable<ExchangeError> Faults(AnswerDraft draft, RequestRow row, LegalProfile profile)
    {
        if (row.AnsweredAt is not null)
        {
            yield return new AlreadyAnswered();
        }

        if (draft.Outcome == Outcome.Refused && profile.RefusalGrounds.All(ground => ground.Code != draft.Ground))
        {
            yield return new GroundMissing();
        }

        if (draft.GivesInformation)
        {
            if (!Evaluated(draft, profile.Evaluation))
            {
                yield return new EvaluationMissing();
            }

            if (string.IsNullOrWhiteSpace(draft.Text) && draft.Answers.Values.All(string.IsNullOrWhiteSpace))
            {
                yield return new InformationMissing();
            }
        }

        if (draft.Text?.Length > DraftLimits.Text || draft.Answers.Values.Any(text => text.Length > DraftLimits.Text))
        {
            yield return new TextTooLong("text");
        }

        foreach (var fault in DraftLimits.Faults(draft.Attachments))
        {
            yield return fault;
        }
    }

    private static bool Evaluated(AnswerDraft draft, EvaluationScale scale) =>
        scale.Reliability.Any(code => code.Code == draft.Reliability)
        && scale.Accuracy.Any(code => code.Code == draft.Accuracy);

    private async Task<ReviewedAnswer> JudgeAsync(
        Officer officer,
        AnswerDraft draft,
        RequestRow row,
        OpenedMessage request,
        LegalProfile profile,
        IReadOnlySet<string>? approved,
        CancellationToken cancellation
    )
    {
        var disclosure = new Disclosure
        {
            Approved = approved ?? new HashSet<string>(),
            Act = DisclosureAct.Answer,
            Officer = officer,
            Kind = Kinds.Answer,
            Partner = row.Partner,
            Link = await links.FindAsync(row.Partner, cancellation),
            Profile = profile,
            Domain = row.Domain,
            Purpose = request.Message.Purpose,
            AnsweredBasis = request.Message.Basis?.Instrument,
            Rank = draft.Rank,
            Handling = draft.Handling,
            HandlingText = draft.HandlingText,
            GivesInformation = draft.GivesInformation,
            Reliability = draft.Reliability,
            Accuracy = draft.Accuracy,
            Reason = draft.ApprovalReason,
        };
        disclosure = await leaving.CompleteAsync(
            disclosure,
            draft.Safeguards,
            Texts(draft, request.Message),
            cancellation
        );
        return new ReviewedAnswer
        {
            Draft = draft,
            Row = row,
            Request = request.Message,
            Profile = profile,
            Disclosure = disclosure,
            Decision = await guard.DecideAsync(disclosure, cancellation),
        };
    }

    /// <summary>An answer speaks of whom the request named.</summary>
    private static IEnumerable<string?> Texts(AnswerDraft draft, Message request) =>
        [
            draft.Text,
            draft.HandlingText,
            .. draft.Answers.Values,
            request.Subject,
            .. request.AsRequest().Value?.Questions ?? [],
            .. (request.Subjects ?? []).SelectMany(subject => subject.Properties.Values.SelectMany(values => values)),
        ];
}
