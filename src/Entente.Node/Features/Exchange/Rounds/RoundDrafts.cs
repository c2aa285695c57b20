using Entente.Node.Features.Exchange.Pages;
using Entente.Node.Features.Links;
using Entente.Node.Features.Record;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange.Rounds;

/// <summary>Another partner that the alert may go to as well, with what it could rest on there.</summary>
/// <param name="Basis">The instrument chosen, or offered first.</param>
public sealed record AlsoWarned(Link Link, IReadOnlyList<BasisChoice> Bases, bool Chosen, string? Basis);

/// <summary>From one form to a draft for each partner.</summary>
internal sealed class RoundDrafts(LinkDirectory links, RecordBook record, LeavingFacts leaving)
{
    /// <summary>Who else may be warned by a draft; nobody where it belongs to a case or passes something on.</summary>
    /// <param name="form">Null while nothing was chosen yet.</param>
    public async Task<IReadOnlyList<AlsoWarned>> OfferedAsync(
        RequestDraft draft,
        string partner,
        IFormCollection? form,
        CancellationToken cancellation
    )
    {
        if (draft is not { Kind: Kinds.Alert, Case: null, Forward: null })
        {
            return [];
        }

        var offered = new List<AlsoWarned>();
        var chosen = form is null ? [] : ComposeForm.Many(form, "also");
        foreach (var link in await links.ListAsync(cancellation))
        {
            if (link.State != LinkState.Active || link.Partner == partner)
            {
                continue;
            }

            var bases = await record.BasesAsync(link.Country, cancellation);
            var basis = form is null ? null : ComposeForm.Said(form, $"basis.{link.Partner}");
            offered.Add(
                new AlsoWarned(
                    link,
                    bases,
                    chosen.Contains(link.Partner),
                    basis ?? (bases.Count > 0 ? bases[0].Id : null)
                )
            );
        }

        return offered;
    }

    /// <summary>The drafts of all that were chosen, the form's own partner first.</summary>
    public IReadOnlyList<RequestDraft> Of(RequestDraft draft, Link link, IReadOnlyList<AlsoWarned> offered) =>
        [
            For(draft, link),
            .. offered
                .Where(one => one.Chosen)
                .Select(one =>
                    For(
                        draft with
                        {
                            To = $"{draft.To.Split('@')[0]}@{one.Link.Partner}",
                            Basis = one.Basis,
                            Commitments = [], // Promised to the first.
                        },
                        one.Link
                    )
                ),
        ];

    // The ground of a transfer is said where a law asks for one, and nowhere else.
    private RequestDraft For(RequestDraft draft, Link link) =>
        leaving.LawTowards(link.Country) is not null
            ? draft
            : draft with
            {
                Safeguards = draft.Safeguards with { TransferGround = null, TransferReason = null },
            };
}
