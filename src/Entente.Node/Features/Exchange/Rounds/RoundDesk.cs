using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Guard;
using Entente.Node.Storage;
using Entente.Node.Web.Posting;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Rounds;

/// <summary>
/// Raises one alert to several partners: a message each, over its own link, judged by that link's rules. Nothing leaves before
/// all were judged, and then all are stored in one transaction: nobody has to find out who was forgotten.
/// </summary>
internal sealed class RoundDesk(
    Database database,
    DraftReview review,
    RequestMessages messages,
    RequestSending sending,
    PostedForms forms,
    ApprovalDesk approvals,
    DecisionBook decisions,
    Ids ids
)
{
    public const string Page = "/alerts/";

    /// <summary>What would happen if it were raised now. Nothing is recorded.</summary>
    public async Task<IReadOnlyList<RoundDraft>> CheckAsync(
        Officer officer,
        IReadOnlyList<RequestDraft> drafts,
        CancellationToken cancellation
    )
    {
        var judged = new List<RoundDraft>();
        foreach (var draft in drafts)
        {
            var (reviewed, faults) = await review.OfAsync(officer, draft, cancellation);
            judged.Add(new RoundDraft(draft, reviewed, [.. faults, .. Own(draft)]));
        }

        return judged;
    }

    /// <returns>The round's page; null where something stood against it, and then nothing has left.</returns>
    public Task<(string? Next, IReadOnlyList<RoundDraft> Judged)> RaiseAsync(
        Officer officer,
        IReadOnlyList<RequestDraft> drafts,
        CancellationToken cancellation
    ) => RaiseAsync(officer, drafts, post: null, cancellation);

    /// <param name="post">The form it was written in: posted again, it raises nothing more.</param>
    public async Task<(string? Next, IReadOnlyList<RoundDraft> Judged)> RaiseAsync(
        Officer officer,
        IReadOnlyList<RequestDraft> drafts,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var judged = await CheckAsync(officer, drafts, cancellation);
        if (judged.Any(one => one.Stops))
        {
            foreach (var refused in judged.Where(one => one.Review?.Decision.Verdict == Verdict.Refuse))
            {
                var reviewed = refused.Review!; // Chosen by it.
                var objection = Objection.To(reviewed.Disclosure, reviewed.Decision, $"draft:{ids.New()}");
                await decisions.RecordAsync(objection, cancellation);
            }

            return (null, judged);
        }

        var written = new List<(ReviewedDraft Reviewed, Message Message)>();
        foreach (var reviewed in judged.Select(one => one.Review!)) // None stops, so each was reviewed.
        {
            written.Add((reviewed, await messages.WriteAsync(officer, reviewed, cancellation)));
        }

        var round = ids.New();
        var next = await database.WriteAsync(
            async t =>
            {
                if (post is not null && await forms.LedToAsync(t, post, cancellation) is { } before)
                {
                    return before;
                }

                await StoreAsync(t, officer, round, written, cancellation);
                var page = Page + round;
                if (post is not null)
                {
                    await forms.KeepAsync(t, post, page, cancellation);
                }

                return page;
            },
            cancellation
        );
        return (next, judged);
    }

    private async Task StoreAsync(
        Transaction transaction,
        Officer officer,
        string round,
        IReadOnlyList<(ReviewedDraft Reviewed, Message Message)> written,
        CancellationToken cancellation
    )
    {
        foreach (var (reviewed, message) in written)
        {
            string? approval = null;
            if (reviewed.Decision.Allowed)
            {
                await sending.StoreAsync(transaction, officer, reviewed, message, cancellation);
            }
            else
            {
                var ask = SendApproval.Ask(reviewed, message);
                approval = await approvals.AskAsync(transaction, officer, ask, cancellation);
            }

            var warned = new WarnedPartner
            {
                Message = message.Id.ToString(),
                Round = round,
                CaseId = message.Case.ToString(),
                Partner = reviewed.Link.Partner,
                Country = reviewed.Link.Country,
                Unit = officer.Unit,
                Author = officer.Login,
                At = message.Sent,
                Approval = approval,
            };
            await AlertRounds.KeepAsync(transaction, warned, cancellation);
        }
    }

    // A file that travels apart belongs to one message; and what was received goes on with its giver's word for one partner.
    private static IEnumerable<ExchangeError> Own(RequestDraft draft)
    {
        if (draft.Attachments.Any(file => file.Id is not null))
        {
            yield return new FileForOneOnly();
        }

        if (draft.Forward is not null || draft.Case is not null)
        {
            yield return new RoundOfOwnOnly();
        }
    }
}
