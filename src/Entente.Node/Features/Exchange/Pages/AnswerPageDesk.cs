using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Profiles;
using Entente.Node.Web.Posting;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Pages;

/// <summary>The answer page's work.</summary>
internal sealed class AnswerPageDesk(
    AnswerDesk desk,
    CaseBook cases,
    RecentConsultations consultations,
    LegalProfiles profiles,
    NodeMarking marking,
    LeavingFacts leaving,
    FormFiles files,
    PostedForms posted
)
{
    /// <param name="request">The request to answer; null for the most urgent one of the case.</param>
    public async Task<AnswerView?> OpenAsync(
        Officer officer,
        string caseId,
        string? request,
        CancellationToken cancellation
    )
    {
        var rows = await cases.RowsAsync(officer, caseId, cancellation);
        var row = rows.Where(r => r is { Incoming: true, Kind: Kinds.Request } && (request is null || r.Id == request))
            .OrderByDescending(r => r.Open)
            .ThenBy(r => r.SortAt)
            .FirstOrDefault();
        var received = row is null ? null : await cases.ReceivedAsync(officer, row.Id, cancellation);
        var profile = row is null ? null : profiles.Find(row.ProfileId, row.ProfileVersion);
        if (received is not null)
        {
            await consultations.NoteAsync(officer, caseId, received.Stored.Partner, "casework", cancellation);
        }

        return received is null || profile is null
            ? null
            : new AnswerView
            {
                Draft = new AnswerDraft { Request = received.Stored.Id, Rank = received.Message.Classification.Rank },
                Request = received.Message,
                Profile = profile,
                Scheme = await marking.SchemeAsync(cancellation),
                Law = leaving.LawTowards(row!.Country), // There is a request where there is its row.
                Questions = received.Message.AsRequest().Value?.Questions ?? [],
            };
    }

    /// <returns>Where to go once it is sent or waits; null where the form is shown again.</returns>
    public async Task<(AnswerView View, string? Next)> SubmitAsync(
        Officer officer,
        AnswerView view,
        IFormCollection form,
        CancellationToken cancellation
    )
    {
        var post = await posted.ReadAsync(officer, form, cancellation);
        if (await posted.LedToAsync(post, cancellation) is { } before)
        {
            return (view, before);
        }

        var (kept, refused) = await files.ReadAsync(officer, form, cancellation);
        var draft = Read(form, view) with { Attachments = [.. kept.Select(file => file.File)] };
        view = view with { Draft = draft, Files = kept, Errors = refused ? [new FileTooLarge()] : [] };
        if (refused)
        {
            return (view, null);
        }

        if (form["action"] != "send")
        {
            var (review, faults) = await desk.CheckAsync(officer, draft, cancellation);
            return (view with { Errors = faults, Decision = review?.Decision }, null);
        }

        var result = await desk.AnswerAsync(officer, draft, post, cancellation);
        return result switch
        {
            SendResult.Refused objection => (view with { Decision = objection.Decision }, null),
            SendResult.Faulty faulty => (view with { Errors = faulty.Errors }, null),
            _ => (view, result.Page),
        };
    }

    private static AnswerDraft Read(IFormCollection form, AnswerView view) =>
        view.Draft with
        {
            Outcome = Enum.GetValues<Outcome>().FirstOrDefault(o => OutcomeCodes.Code(o) == form["outcome"]),
            Ground = ComposeForm.Said(form, "ground"),
            More = form["more"] == "1",
            Unrevealing = form["unrevealing"] == "1",
            Text = ComposeForm.Said(form, "text"),
            Answers = Enumerable
                .Range(1, view.Questions.Count)
                .ToDictionary(
                    n => n,
                    n => ComposeForm.Text(form, "answer." + n.ToString(CultureInfo.InvariantCulture))
                ),
            Reliability = ComposeForm.Said(form, "reliability"),
            Accuracy = ComposeForm.Said(form, "accuracy"),
            Rank = ComposeForm.Rank(form),
            Handling = ComposeForm.Many(form, "handling"),
            HandlingText = ComposeForm.Said(form, "handling-text"),
            Safeguards = ComposeForm.Safeguards(form),
            ApprovalReason = ComposeForm.Said(form, "approval-reason"),
        };
}
