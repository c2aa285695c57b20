using Entente.Node.Features.Accounts;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// 'No information' towards a third country: whether nothing is known or what is known may not be told, the same message
/// leaves at a moment drawn in the same way.
/// </summary>
internal sealed class SilentAnswers(
    LeavingFacts leaving,
    ReplyMessages replies,
    KeptDrafts drafts,
    AnswerRelease release,
    Ids ids,
    TimeProvider clock
)
{
    /// <summary>Does this answer take the silent way?</summary>
    public bool Concerns(ReviewedAnswer reviewed) =>
        leaving.LawTowards(reviewed.Row.Country) is not null
        && (reviewed.Decision.Held is not null || reviewed.Draft.Told == Outcome.NoInformation);

    /// <param name="written">What the officer wrote, and goes on seeing.</param>
    public async Task StoreAsync(
        Transaction transaction,
        Officer officer,
        ReviewedAnswer reviewed,
        Message written,
        CancellationToken cancellation
    )
    {
        var row = reviewed.Row;
        var at = ReleaseTimes.Draw(row.Received ?? row.Sent, row.Due, clock.GetUtcNow());
        var nothing = await replies.WriteAsync(
            Kinds.Answer,
            officer,
            reviewed.Request,
            row.Rank,
            new AnswerBody { Outcome = Outcome.NoInformation }.ToBody(),
            cancellation
        );
        var held = reviewed.Decision.Held is not null;
        await drafts.KeepAsync(transaction, written, officer.Login, held, cancellation);
        var priority = UrgencyCodes.Priority(row.Urgency);
        await release.KeepAsync(
            transaction,
            nothing with
            {
                Id = written.Id,
            },
            priority,
            officer.Login,
            at,
            cancellation
        );
    }

    /// <summary>An id holds the time at which it was made: one for an answer of this kind holds the time of its request.</summary>
    public Guid Id(ReviewedAnswer reviewed) => Guid.Parse(ids.At(reviewed.Row.Received ?? reviewed.Row.Sent));
}
