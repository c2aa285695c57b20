using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// 'No information' towards a third country: whether nothing is known or what is known may not be told, the same message
/// leaves at a moment drawn in the same way.
/// </summary>
internal sealed class SilentAnswers(
    QuietLinks quiet,
    ReplyMessages replies,
    Outbox outbox,
    KeptDrafts drafts,
    Departures departures,
    AnswerRelease release,
    Ids ids,
    TimeProvider clock
)
{
    /// <summary>
    /// Answers to a third country have ids that do not tell when they were written: all of them, so that nobody inside the
    /// house tells by its id one that took the silent way.
    /// </summary>
    public bool IsTimeless(ReviewedAnswer reviewed) => quiet.Is(reviewed.Row.Partner);

    /// <summary>
    /// Does this answer take the silent way? What is held does everywhere; what tells nothing, where something may be held.
    /// </summary>
    public bool Concerns(ReviewedAnswer reviewed) =>
        reviewed.Decision.Held is not null
        || (quiet.Is(reviewed.Row.Partner) && reviewed.Draft.Told == Outcome.NoInformation);

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
        var priority = UrgencyCodes.Priority(row.Urgency);
        if (reviewed.Draft.IsPart)
        {
            // The whole answer will say nothing, once.
            await departures.HoldAsync(transaction, written, priority, officer.Login, cancellation);
            return;
        }

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
        var leaf = await release.KeepAsync(
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
        var judged = await outbox.JudgedAsync(written, cancellation);
        await drafts.KeepAsync(transaction, judged, priority, officer.Login, leaf, held, cancellation);
    }

    /// <summary>An id holds the time at which it was made: one for an answer of this kind holds the time of its request.</summary>
    public Guid Id(ReviewedAnswer reviewed) => Guid.Parse(ids.At(reviewed.Row.Received ?? reviewed.Row.Sent));
}
