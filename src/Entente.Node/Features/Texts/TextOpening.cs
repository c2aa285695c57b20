using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>Begins a text here; the partner knows of it once it is sent.</summary>
internal sealed class TextOpening(
    Database database,
    Drafting drafting,
    LinkDirectory links,
    TextProjector projector,
    Ids ids,
    TimeProvider clock
)
{
    public async Task<(string? Id, TextRefusal? Refusal)> OpenAsync(
        Officer officer,
        NewText text,
        CancellationToken cancellation
    )
    {
        if (await links.FindAsync(text.Partner, cancellation) is not { } link)
        {
            return (null, TextRefusal.NoLink);
        }

        var row = new TextRow
        {
            Id = ids.New(),
            Partner = link.Partner,
            Country = link.Country,
            Kind = text.Kind,
            State = TextStates.Draft,
            Rank = text.Rank,
            Meeting = text.Meeting,
            ChangedAt = clock.GetUtcNow(),
        };
        await database.WriteAsync(
            async t =>
            {
                await TextRows.InsertAsync(t, row, cancellation);
                await drafting.KeepAsync(t, row.Id, Acts(row.Id, text), officer.Login, cancellation);
            },
            cancellation
        );
        await projector.RefreshAsync(row.Id, cancellation);
        return (row.Id, null);
    }

    private List<Act> Acts(string id, NewText text)
    {
        List<Act> acts =
        [
            new OpenText(text.Kind, text.Languages, text.Amends, text.Meeting),
            DraftEdits.First(id, text.Title, null, ids.New),
        ];
        foreach (var (clause, place) in text.Clauses.Zip(Positions.Of(text.Clauses.Count)))
        {
            var clauseId = ids.New();
            acts.Add(DraftEdits.First(clauseId, clause.Wording, clause.Promise, ids.New));
            acts.Add(new PlaceClause(clauseId, place));
        }

        return acts;
    }
}

/// <param name="Kind">`declaration-of-intent`, …: see <see cref="TextKinds"/>.</param>
/// <param name="Title">By language.</param>
internal sealed record NewText(
    string Partner,
    string Kind,
    IReadOnlyList<string> Languages,
    IReadOnlyDictionary<string, string> Title,
    IReadOnlyList<NewClause> Clauses,
    int Rank,
    string? Amends = null,
    string? Meeting = null
);

internal sealed record NewClause(IReadOnlyDictionary<string, string> Wording, Promise? Promise = null);
