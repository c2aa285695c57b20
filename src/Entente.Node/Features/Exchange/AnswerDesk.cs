using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Guard;
using Entente.Node.Web.Posting;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>Where officers answer a partner's request.</summary>
internal sealed class AnswerDesk(
    AnswerReview review,
    ReplyMessages replies,
    AnswerSending sending,
    OneSending once,
    ApprovalDesk approvals,
    DecisionBook decisions
)
{
    /// <summary>What would happen if it were sent now. Nothing is recorded.</summary>
    public Task<(ReviewedAnswer? Review, IReadOnlyList<ExchangeError> Faults)> CheckAsync(
        Officer officer,
        AnswerDraft draft,
        CancellationToken cancellation
    ) => review.OfAsync(officer, draft, cancellation);

    public Task<SendResult> AnswerAsync(Officer officer, AnswerDraft draft, CancellationToken cancellation) =>
        AnswerAsync(officer, draft, post: null, cancellation);

    /// <param name="post">The form it was written in: posted again, it sends nothing more.</param>
    public Task<SendResult> AnswerAsync(
        Officer officer,
        AnswerDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    ) => once.OfAsync(post, () => JudgeAsync(officer, draft, post, cancellation), cancellation);

    private async Task<SendResult> JudgeAsync(
        Officer officer,
        AnswerDraft draft,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var (reviewed, faults) = await review.OfAsync(officer, draft, cancellation);
        if (reviewed is null)
        {
            return new SendResult.Faulty(faults);
        }

        if (reviewed.Decision.Verdict == Verdict.Refuse)
        {
            var objection = Objection.To(reviewed.Disclosure, reviewed.Decision, $"request:{draft.Request}");
            await decisions.RecordAsync(objection, cancellation);
            return new SendResult.Refused(reviewed.Decision);
        }

        var message = sending.Prepared(reviewed, await WriteAsync(officer, reviewed, cancellation));
        if (!reviewed.Decision.Allowed)
        {
            var ask = AnswerApproval.Ask(reviewed, message);
            return await once.RunAsync(
                post,
                async t => new SendResult.Waiting(
                    await approvals.AskAsync(t, officer, ask, cancellation),
                    message.Id.ToString(),
                    reviewed.Decision
                ),
                cancellation
            );
        }

        return await once.RunAsync(
            post,
            async t =>
                await sending.StoreAsync(t, officer, reviewed, message, cancellation)
                    ? new SendResult.Sent(message.Id.ToString(), message.Case.ToString())
                    : new SendResult.Faulty([new AlreadyAnswered()]),
            cancellation
        );
    }

    /// <summary>A refusal has its ground and words. What else was written before it was chosen was judged as no information.</summary>
    private async Task<Message> WriteAsync(Officer officer, ReviewedAnswer reviewed, CancellationToken cancellation)
    {
        var draft = reviewed.Draft;
        if (draft.Told == Outcome.NoInformation)
        {
            return await NothingAsync(officer, reviewed, cancellation);
        }

        var body = new AnswerBody
        {
            Outcome = draft.Outcome,
            Ground = draft.Outcome == Outcome.Refused ? draft.Ground : null,
            Text = Said(draft.Text),
            Unknown = draft.GivesInformation
                ? WireMembers.Of(
                    (WireMembers.More, draft.IsPart ? true : null),
                    (WireMembers.Nature, draft.Safeguards.Nature),
                    (WireMembers.Assessment, Said(draft.Safeguards.Assessment))
                )
                : null,
            Answers = draft.GivesInformation ? Answers(draft) : [],
        };
        var message = await replies.WriteAsync(
            Kinds.Answer,
            officer,
            reviewed.Request,
            draft.Rank,
            body.ToBody(),
            cancellation
        );
        return message with
        {
            Handling = draft.Handling,
            Evaluation = draft.GivesInformation
                ? new Evaluation(reviewed.Profile.Evaluation.Scale, draft.Reliability!, draft.Accuracy!) // Reviewed.
                : null,
            Attachments = draft.GivesInformation ? draft.Attachments : [],
            Tlp = draft.Safeguards.Tlp,
            Pap = draft.Safeguards.Pap,
            Transfer = draft.GivesInformation ? SafeguardMembers.Transfer(draft.Safeguards) : null,
            Unknown = WireMembers.Of((WireMembers.HandlingText, Said(draft.HandlingText))),
        };
    }

    private static IReadOnlyList<QuestionAnswer> Answers(AnswerDraft draft) =>
        [
            .. draft
                .Answers.Where(answer => Said(answer.Value) is not null)
                .OrderBy(answer => answer.Key)
                .Select(answer => new QuestionAnswer(answer.Key, answer.Value.Trim())),
        ];

    /// <summary>
    /// 'No information' is always the same message: no words, no codes, no files, the request's own marking. A refusal that
    /// must not reveal anything is this very message.
    /// </summary>
    private Task<Message> NothingAsync(Officer officer, ReviewedAnswer reviewed, CancellationToken cancellation) =>
        replies.WriteAsync(
            Kinds.Answer,
            officer,
            reviewed.Request,
            reviewed.Row.Rank,
            new AnswerBody { Outcome = Outcome.NoInformation }.ToBody(),
            cancellation
        );

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal static class OutcomeCodes
{
    public static string Code(Outcome outcome) =>
        outcome switch
        {
            Outcome.Provided => "provided",
            Outcome.Partial => "partial",
            Outcome.NoInformation => "no-information",
            _ => "refused",
        };
}
