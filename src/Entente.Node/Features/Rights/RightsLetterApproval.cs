using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Derivations;
using Entente.Node.Features.Protection;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Rights;

/// <summary>A letter to a person waits for a second person; with the approval what it says is done is done.</summary>
internal sealed class RightsLetterApproval(
    RightsBook book,
    MessageErasure erasure,
    ContentSeal seal,
    LedgerLog ledger,
    DerivationBook derivations,
    TimeProvider clock
) : IApprovalKind
{
    public const string Name = "rights-letter";

    public string Code => Name;

    public TimeSpan Term => TimeSpan.FromDays(14);

    public async Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    )
    {
        var approved = JsonSerializer.Deserialize<ApprovedAnswer>(content.Data, RightsBook.Json)!; // We wrote it.
        var file = await book.FindAsync(approved.Request, cancellation);
        return file is { Request: { State: RightsRequest.Waiting } request } && request.Approval == approval.Id
            ? ApprovalPlan.Do((t, c) => CarryOutAsync(t, file, approved, approval, decider, c))
            : ApprovalPlan.Stopped("changed");
    }

    public Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE rights_request SET state = 'open', approval = NULL WHERE approval = @Id AND state = 'waiting'
            """;
        return transaction.RunAsync(sql, new { approval.Id }, cancellation);
    }

    private async Task CarryOutAsync(
        Transaction transaction,
        RightsFile file,
        ApprovedAnswer approved,
        Approval approval,
        Officer decider,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE rights_request SET state = 'ready', decided_at = @At, release_at = @ReleaseAt, data_key = @DataKey,
                sealed = @Sealed
            WHERE id = @Id
            """;
        var now = clock.GetUtcNow();
        // One that tells nothing goes at a moment that tells nothing, and bears its day.
        DateTimeOffset? release =
            approved.Answer.Outcome == RightsAnswer.None
                ? ReleaseTimes.Draw(file.Request.ReceivedAt, file.Request.DueAt, now)
                : null;
        var letter = release is { } day
            ? approved.Letter with
            {
                Date = LetterWriter.Day(day, approved.Letter.Language),
            }
            : approved.Letter;
        var facts = RightsDesk.Bytes(file.Facts with { Letter = letter });
        var kept = await seal.SealAsync(transaction, facts, cancellation);
        var values = new
        {
            file.Request.Id,
            At = now,
            ReleaseAt = release,
            kept.DataKey,
            Sealed = kept.Bytes,
        };
        await transaction.RunAsync(sql, values, cancellation);
        await ContentSeal.EraseAsync(transaction, file.Request.DataKey, cancellation);
        await DoAsync(transaction, file.Request, approved.Answer, decider, cancellation);
        var leaf = new LedgerEvent(
            approval.Requester,
            LedgerAction.Disclose,
            $"rights:{file.Request.Id}",
            $"rights-letter:{approved.Answer.Outcome}",
            Entente.Protocol.Hash.OfText(letter.Text).ToString()
        );
        await ledger.AppendAsync(transaction, leaf, cancellation);
        var made = new Derivation(Derivation.Letter, leaf.Object, approval.Requester)
        {
            Messages = approved.Answer.Messages,
        };
        await derivations.KeepAsync(transaction, made, cancellation);
    }

    private async Task DoAsync(
        Transaction transaction,
        RightsRequest request,
        RightsAnswer answer,
        Officer decider,
        CancellationToken cancellation
    )
    {
        if (answer.Outcome != RightsAnswer.Done)
        {
            return;
        }

        if (request.Kind == RightsRequest.Restriction)
        {
            await Restrictions.PlaceAsync(
                transaction,
                answer.Messages,
                request.Id,
                decider.Login,
                clock.GetUtcNow(),
                cancellation
            );
        }
        else if (request.Kind == RightsRequest.Erasure)
        {
            await erasure.EraseAsync(transaction, answer.Messages, "rights", decider.Login, cancellation);
        }
    }
}
