using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Rounds;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Profiles;
using Entente.Node.Web;
using Entente.Node.Web.Posting;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>The compose page's work: an empty or prefilled form, a check, a send.</summary>
internal sealed class ComposeDesk(
    RequestDesk desk,
    CaseBook cases,
    RecentConsultations consultations,
    LinkDirectory links,
    RecordBook record,
    LegalProfiles profiles,
    NodeMarking marking,
    LeavingFacts leaving,
    FormFiles files,
    PostedForms posted,
    RoundDesk rounds,
    RoundDrafts roundDrafts
)
{
    /// <returns>Null where no partner is chosen yet.</returns>
    public async Task<ComposeView?> OpenAsync(
        Officer officer,
        (string? To, string? Case, string? Forward, string? Kind) asked,
        CancellationToken cancellation
    )
    {
        var (to, caseId, forward, kind) = asked;
        to ??= await PartnerOfAsync(officer, caseId, cancellation);
        if (!Address.TryParse(to, out _))
        {
            return null;
        }

        var draft = new RequestDraft
        {
            Kind = ComposeForm.Kind(kind),
            To = to,
            Case = caseId,
            Language = Labels.Language,
        };
        draft = await PrefilledAsync(officer, draft, forward, cancellation);
        return await ViewAsync(officer, draft, null, cancellation);
    }

    /// <summary>The node a received message came from: it need not be told its own words.</summary>
    public async Task<string?> GiverAsync(Officer officer, string message, CancellationToken cancellation) =>
        (await cases.ReceivedAsync(officer, message, cancellation))?.Stored.Partner;

    /// <returns>Where to go once it is sent or waits; null where the form is shown again.</returns>
    public async Task<(ComposeView? View, string? Next)> SubmitAsync(
        Officer officer,
        IFormCollection form,
        CancellationToken cancellation
    )
    {
        var post = await posted.ReadAsync(officer, form, cancellation);
        if (await posted.LedToAsync(post, cancellation) is { } before)
        {
            return (null, before);
        }

        var (kept, refused) = await files.ReadAsync(officer, form, cancellation);
        var draft = ComposeForm.Read(form, Labels.Language) with { Attachments = [.. kept.Select(file => file.File)] };
        var view = await ViewAsync(officer, draft, form, cancellation);
        if (view is null)
        {
            return (null, null);
        }

        view = view with { Files = kept, Errors = refused ? [new FileTooLarge()] : [] };
        return form["action"].ToString() switch
        {
            _ when refused => (view, null),
            "send" when view.Also.Any(one => one.Chosen) => await RaisedAsync(officer, view, post, cancellation),
            "send" => Judged(view, await desk.SendAsync(officer, draft, post, cancellation)),
            "add-subject" => (view with { SubjectRows = draft.Subjects.Count + 1 }, null),
            _ => (await CheckedAsync(officer, view, cancellation), null),
        };
    }

    private static (ComposeView?, string?) Judged(ComposeView view, SendResult result) =>
        result switch
        {
            SendResult.Refused refused => (view with { Decision = refused.Decision }, null),
            SendResult.Faulty faulty => (view with { Errors = faulty.Errors }, null),
            _ => (view, result.Page),
        };

    private async Task<(ComposeView?, string?)> RaisedAsync(
        Officer officer,
        ComposeView view,
        PostedForm? post,
        CancellationToken cancellation
    )
    {
        var drafts = roundDrafts.Of(view.Draft, view.Link, view.Also);
        var (next, judged) = await rounds.RaiseAsync(officer, drafts, post, cancellation);
        next ??= await posted.LedToAsync(post, cancellation); // What stands against it may be its own first posting.
        return next is null ? (view with { Judged = judged }, null) : (view, next);
    }

    private async Task<ComposeView> CheckedAsync(Officer officer, ComposeView view, CancellationToken cancellation)
    {
        if (view.Also.Any(one => one.Chosen))
        {
            var drafts = roundDrafts.Of(view.Draft, view.Link, view.Also);
            return view with { Judged = await rounds.CheckAsync(officer, drafts, cancellation) };
        }

        var (review, faults) = await desk.CheckAsync(officer, view.Draft, cancellation);
        return view with { Errors = faults, Decision = review?.Decision };
    }

    private async Task<ComposeView?> ViewAsync(
        Officer officer,
        RequestDraft draft,
        IFormCollection? form,
        CancellationToken cancellation
    )
    {
        var link = await links.FindAsync(
            draft.To[(draft.To.IndexOf('@', StringComparison.Ordinal) + 1)..],
            cancellation
        );
        if (link is null)
        {
            return null;
        }

        var forwarded = draft.Forward is { } id ? await cases.ReceivedAsync(officer, id, cancellation) : null;
        var also = await roundDrafts.OfferedAsync(draft, link.Partner, form, cancellation);
        return new ComposeView
        {
            Also = also,
            Draft = draft,
            Link = link,
            Profile = profiles.Find(link.Settings.ProfileId, link.Settings.ProfileVersion),
            Scheme = await marking.SchemeAsync(cancellation),
            // One law asks for everybody who is a third country to it.
            Law =
                leaving.LawTowards(link.Country)
                ?? also.Select(one => leaving.LawTowards(one.Link.Country)).FirstOrDefault(law => law is not null),
            Bases = await record.BasesAsync(link.Country, cancellation),
            Commitments = await record.CommitmentsAsync(link.Country, cancellation),
            Forwarded = forwarded is null ? null : MessageText.Of(forwarded.Message),
            SubjectRows = Math.Max(1, draft.Subjects.Count),
        };
    }

    private async Task<string?> PartnerOfAsync(Officer officer, string? caseId, CancellationToken cancellation)
    {
        var rows = caseId is null ? [] : await cases.RowsAsync(officer, caseId, cancellation);
        return rows.Count == 0 ? null : $"{rows[0].PartnerUnit}@{rows[0].Partner}";
    }

    private async Task<RequestDraft> PrefilledAsync(
        Officer officer,
        RequestDraft draft,
        string? forward,
        CancellationToken cancellation
    )
    {
        var received = forward is null ? null : await cases.ReceivedAsync(officer, forward, cancellation);
        if (received is null)
        {
            return draft;
        }

        var (caseId, giver) = (received.Stored.CaseId, received.Stored.Partner);
        await consultations.NoteAsync(officer, caseId, giver, "casework", cancellation);
        var rows = await cases.RowsAsync(officer, caseId, cancellation);
        return draft with
        {
            Kind = Kinds.Information,
            Forward = forward,
            Subject = received.Message.Subject,
            Purpose = received.Message.Purpose,
            Reliability = received.Message.Evaluation?.Source,
            Accuracy = received.Message.Evaluation?.Information,
            Safeguards = new Safeguards { Tlp = received.Message.Tlp, Pap = received.Message.Pap },
            Domain = rows.Count > 0 ? rows[0].Domain : null,
            Text = MessageText.Of(received.Message),
            Rank = received.Message.Classification.Rank,
            Handling = received.Message.Handling,
            HandlingText = received.Message.Text(WireMembers.HandlingText),
        };
    }
}
