using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Derivations;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Evidence;

/// <summary>
/// Hands out evidence. It leaves this node with the message's content in it, so the guard is asked, and what it allows is a
/// disclosure in the ledger.
/// </summary>
internal sealed class EvidenceDesk(
    Database database,
    CaseBook cases,
    KeptDrafts kept,
    ForeignContents foreign,
    ProofLimit limit,
    SeenMessages seen,
    UseFacts facts,
    LinkDirectory links,
    LegalProfiles profiles,
    DisclosureGuard guard,
    DecisionBook decisions,
    EvidenceMaker maker,
    LedgerLog ledger,
    DerivationBook derivations,
    NodeOptions options
)
{
    /// <summary>The guard's word before anything is made; nothing is recorded. Null where the officer has no part in it.</summary>
    public async Task<EvidenceReview?> ReviewAsync(Officer officer, string messageId, CancellationToken cancellation)
    {
        var stored = await seen.FindAsync(messageId, cancellation);
        if (stored is null || (await cases.RowsAsync(officer, stored.CaseId, cancellation)).Count == 0)
        {
            return null;
        }

        var against = limit.Against(officer, stored);
        if (against is null && await kept.IsKeptAsync(messageId, cancellation))
        {
            return null;
        }

        var opened = await seen.OpenAsync(messageId, cancellation);
        var link = await links.FindAsync(stored.Partner, cancellation);
        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Prove,
            Officer = officer,
            Kind = stored.Kind,
            Partner = stored.Partner,
            Link = link,
            Profile = link is null ? null : profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Restricted = (await facts.OfAsync([stored.Id], cancellation)).Any(fact => fact.Restricted),
            Rank = stored.ClassificationRank,
            Foreign = opened is null ? [] : await foreign.ProvenAsync(opened, options.Node, cancellation),
        };
        return new EvidenceReview(
            stored,
            against is null ? opened : null,
            disclosure,
            against ?? await guard.DecideAsync(disclosure, cancellation)
        );
    }

    /// <param name="evenIncomplete">Whether evidence without the partner's ledger proof is wanted.</param>
    public async Task<EvidenceResult> MakeAsync(
        Officer officer,
        string messageId,
        bool evenIncomplete,
        CancellationToken cancellation
    )
    {
        var review = await ReviewAsync(officer, messageId, cancellation);
        if (review is null)
        {
            return new EvidenceResult.Unknown();
        }

        if (!review.Decision.Allowed)
        {
            var objection = Objection.To(review.Disclosure, review.Decision, $"message:{messageId}");
            await decisions.RecordAsync(objection, cancellation);
            return new EvidenceResult.Refused(review.Decision);
        }

        if (review.Opened is null)
        {
            return new EvidenceResult.Unprovable("erased");
        }

        var made = await maker.MakeAsync(review.Opened, cancellation);
        if (made.File is null)
        {
            return new EvidenceResult.Unprovable(made.Failure!); // One of the two is there.
        }

        if (!made.File.IsComplete && !evenIncomplete)
        {
            return new EvidenceResult.Incomplete(made.Failure!); // What is incomplete says why.
        }

        var leaf = new LedgerEvent(
            officer.Login,
            LedgerAction.Disclose,
            $"message:{messageId}",
            "evidence",
            review.Stored.LineSha256,
            review.Stored.Partner
        );
        var derived = new Derivation(Derivation.Evidence, $"message:{messageId}", officer.Login)
        {
            Messages = [messageId],
        };
        await database.WriteAsync(
            async t =>
            {
                await ledger.AppendAsync(t, leaf, cancellation);
                await derivations.KeepAsync(t, derived, cancellation);
            },
            cancellation
        );
        return new EvidenceResult.Made(made.File, made.Failure);
    }
}

/// <param name="Opened">Null where the content was erased.</param>
internal sealed record EvidenceReview(
    StoredMessage Stored,
    OpenedMessage? Opened,
    Disclosure Disclosure,
    Decision Decision
);
