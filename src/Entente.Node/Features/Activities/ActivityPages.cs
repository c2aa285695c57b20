using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Hosting;
using Entente.Node.Web;

namespace Entente.Node.Features.Activities;

/// <summary>The work of the form: an empty one, one to go on with, one more line, and sending.</summary>
internal sealed class ActivityPages(
    ActivityDesk desk,
    ActivityBook book,
    LinkDirectory links,
    RecordBook record,
    UnitBook units,
    NodeOptions options
)
{
    /// <summary>Null where no partner is chosen yet.</summary>
    /// <param name="commitment">One that it is to serve.</param>
    public async Task<ActivityFormView?> NewAsync(string? partner, string? commitment, CancellationToken cancellation)
    {
        var draft = new ActivityDraft(
            partner ?? "",
            0,
            null,
            commitment is null ? [] : [commitment],
            new ActivityAccount()
        );
        return await ViewAsync(draft, isNew: true, cancellation);
    }

    /// <summary>Begins with what we said last, else with what the partner says.</summary>
    public async Task<ActivityFormView?> AgainAsync(Officer officer, string id, CancellationToken cancellation)
    {
        if (await book.FindAsync(officer, id, cancellation) is not { } view || view.Said.Count == 0)
        {
            return null;
        }

        var said = view.Ours ?? view.Said[0];
        var draft = new ActivityDraft(
            view.Row.Partner,
            view.Row.Rank,
            view.Row.Instrument,
            [.. (said.Message.Serves ?? []).Select(one => one.ToString())],
            said.Account,
            Math.Max(2, said.Account.Results.Count)
        );
        return await ViewAsync(draft, isNew: false, cancellation);
    }

    /// <returns>Where to go once it is sent; the form again where it is not.</returns>
    public async Task<(ActivityFormView? View, string? Next)> SubmitAsync(
        Officer officer,
        ActivityFormView shown,
        string? id,
        IFormCollection form,
        CancellationToken cancellation
    )
    {
        var read = ActivityDraft.Read(form, shown.Draft.Partner, options.Node);
        var draft = id is null ? read : read with { Rank = shown.Draft.Rank, Instrument = shown.Draft.Instrument };
        if (form["action"] == "rows")
        {
            return (shown with { Draft = draft with { ResultRows = draft.ResultRows + 2 } }, null);
        }

        TextRefusal? refusal;
        if (id is null)
        {
            var wanted = new NewActivity(draft.Partner, draft.Rank, draft.Account, draft.Instrument, draft.Serves);
            (id, refusal) = await desk.OpenAsync(officer, wanted, cancellation);
        }
        else
        {
            refusal = await desk.ReportAsync(officer, id, draft.Account, draft.Serves, cancellation);
        }

        return refusal is null
            ? (null, $"/activities/{id}?done=sent")
            : (shown with { Draft = draft, Refusal = refusal }, null);
    }

    private async Task<ActivityFormView?> ViewAsync(ActivityDraft draft, bool isNew, CancellationToken cancellation)
    {
        if (await links.FindAsync(draft.Partner, cancellation) is not { } link)
        {
            return null;
        }

        var commitments = await record.CommitmentsAsync(link.Country, cancellation);
        return new ActivityFormView(
            draft,
            isNew,
            link,
            isNew ? await record.BasesAsync(link.Country, cancellation) : [],
            commitments,
            [.. Codes.Domains.Where(link.Settings.Domains.Contains)],
            [
                .. (await units.ListAsync(cancellation)).Select(unit =>
                    unit.Names.GetValueOrDefault(Labels.Language) ?? unit.Slug
                ),
            ]
        );
    }
}

/// <param name="IsNew">The partner does not know of it yet: what it rests on and its classification are still open.</param>
/// <param name="Domains">Those agreed for the link.</param>
/// <param name="Units">Our own, by their names.</param>
public sealed record ActivityFormView(
    ActivityDraft Draft,
    bool IsNew,
    Link Link,
    IReadOnlyList<BasisChoice> Bases,
    IReadOnlyList<CommitmentChoice> Commitments,
    IReadOnlyList<string> Domains,
    IReadOnlyList<string> Units
)
{
    public TextRefusal? Refusal { get; init; }
}
