using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Deadlines;

/// <summary>Looks up the request that a step is about and asks the guard. Nothing is recorded and nothing leaves.</summary>
internal sealed class ClockReview(
    CaseBook cases,
    SeenMessages messages,
    LinkDirectory links,
    LegalProfiles profiles,
    ProtectionBook protection,
    DisclosureGuard guard,
    TimeProvider clock
)
{
    public async Task<(ReviewedStep? Review, IReadOnlyList<ExchangeError> Faults)> OfAsync(
        Officer officer,
        ClockDraft draft,
        CancellationToken cancellation
    )
    {
        var row = await cases.RequestAsync(officer, draft.Request, cancellation);
        if (row is not { Kind: Kinds.Request, Open: true } || row.Rank > officer.Clearance || !Fits(draft.Step, row))
        {
            return (null, [new RequestUnknown()]);
        }

        List<ExchangeError> faults = [.. Faults(draft, row)];
        var request = await messages.OpenAsync(row.Id, cancellation);
        if (request is null)
        {
            faults.Add(new RequestUnknown());
        }

        return faults.Count > 0
            ? (null, faults)
            : (await JudgeAsync(officer, draft, row, request!.Message, cancellation), []); // A fault otherwise.
    }

    /// <summary>The asked side asks and awaits; the asker makes clear.</summary>
    public static bool Fits(ClockStep step, RequestRow row) =>
        step == ClockStep.Clarify ? row is { Incoming: false, Clock: ClockState.Clarification } : row.Incoming;

    private IEnumerable<ExchangeError> Faults(ClockDraft draft, RequestRow row)
    {
        if (draft.Step != ClockStep.Authorised && string.IsNullOrWhiteSpace(draft.Text))
        {
            yield return new StepTextMissing();
        }

        if (draft.Text.Length > DraftLimits.Text)
        {
            yield return new TextTooLong("text");
        }

        if (draft.Step == ClockStep.Ask && row.Clock == ClockState.Clarification)
        {
            yield return new AlreadyAsked();
        }

        if (draft.Step == ClockStep.Await && (draft.Expected is not { } expected || expected <= clock.GetUtcNow()))
        {
            yield return new ExpectedMissing();
        }

        if (draft.Step == ClockStep.Authorised && row.Clock != ClockState.Authorisation)
        {
            yield return new NothingAwaited();
        }
    }

    private async Task<ReviewedStep> JudgeAsync(
        Officer officer,
        ClockDraft draft,
        RequestRow row,
        Message request,
        CancellationToken cancellation
    )
    {
        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = Kinds.Progress,
            Partner = row.Partner,
            Link = await links.FindAsync(row.Partner, cancellation),
            Profile = profiles.Find(row.ProfileId, row.ProfileVersion),
            Domain = row.Domain,
            Purpose = request.Purpose,
            AnsweredBasis = request.Basis?.Instrument,
            Rank = row.Rank,
            Shielded = await protection.ShieldsAsync(row.Country, [draft.Text], cancellation),
        };
        return new ReviewedStep(draft, row, request, disclosure, await guard.DecideAsync(disclosure, cancellation));
    }
}
