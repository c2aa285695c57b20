using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Texts;
using Entente.Node.Hosting;

namespace Entente.Node.Features.Meetings;

/// <summary>The work of a meeting's form: an empty one, one to go on with, one more line, and proposing.</summary>
internal sealed class MeetingPages(MeetingDesk desk, TextBook book, LinkDirectory links, NodeOptions node)
{
    private const int Spare = 2;

    public async Task<MeetingFormView> NewAsync(string? partner, CancellationToken cancellation)
    {
        var all = await links.ListAsync(cancellation);
        var chosen = all.FirstOrDefault(link => link.Country == partner || link.Partner == partner);
        return new MeetingFormView(chosen?.Partner ?? "", 0, new MeetingPlan(), Spare, Spare, all);
    }

    /// <summary>Null where there is no such meeting, or its reader may not see it.</summary>
    public async Task<MeetingFormView?> AgainAsync(Officer officer, string id, CancellationToken cancellation)
    {
        var view = await book.FindAsync(officer, id, cancellation);
        if (view?.Seen.Title is not { } title || MeetingPlan.Read(title.Current.In(MeetingPlan.Member)) is not { } plan)
        {
            return null;
        }

        var own = plan.Delegations.GetValueOrDefault(node.Node)?.Count ?? 0;
        return new MeetingFormView(view.Row.Partner, view.Row.Rank, plan, own + 1, plan.Agenda.Count + 1, []);
    }

    /// <returns>Where to go once it is sent; the form again where it is not.</returns>
    public async Task<(MeetingFormView? View, string? Next)> SubmitAsync(
        MeetingFormView shown,
        string? id,
        TextForm form,
        CancellationToken cancellation
    )
    {
        var rows = PlanForm.Rows(form);
        var typed = shown with
        {
            Partner = id is null ? form["partner"] : shown.Partner,
            Rank = id is null ? form.Number("rank") : shown.Rank,
            Plan = PlanForm.Read(form, shown.Plan, node.Node),
            People = rows.People,
            Items = rows.Items,
        };
        switch (form["action"])
        {
            case "people":
                return (typed with { People = typed.People + Spare }, null);
            case "items":
                return (typed with { Items = typed.Items + Spare }, null);
        }

        TextRefusal? refusal;
        if (id is null)
        {
            (id, refusal) = await desk.ProposeAsync(form.Officer, typed.Partner, typed.Plan, typed.Rank, cancellation);
        }
        else
        {
            refusal = await desk.AmendAsync(form.Officer, id, typed.Plan, cancellation);
        }

        return refusal is null ? (null, $"/meetings/{id}?done=sent") : (typed with { Refusal = refusal }, null);
    }
}

/// <param name="People">Lines for our delegation that the form shows.</param>
/// <param name="Items">Lines for the agenda.</param>
/// <param name="Links">Whom a new one may be with.</param>
public sealed record MeetingFormView(
    string Partner,
    int Rank,
    MeetingPlan Plan,
    int People,
    int Items,
    IReadOnlyList<Link> Links
)
{
    public TextRefusal? Refusal { get; init; }
}
