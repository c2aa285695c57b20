using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>What an officer of the cooperation desk does to a text before it is sent: it all goes into the draft.</summary>
internal sealed class TextDesk(
    Database database,
    TextBook book,
    Drafting drafting,
    LinkDirectory links,
    TextProjector projector,
    Ids ids,
    TimeProvider clock
)
{
    /// <summary>Begins a text here; the partner knows of it once it is sent.</summary>
    public async Task<(string? Id, TextRefusal? Refusal)> OpenAsync(
        Officer officer,
        NewText text,
        CancellationToken cancellation
    )
    {
        var link = await links.FindAsync(text.Partner, cancellation);
        if (link is null)
        {
            return (null, TextRefusal.NoLink);
        }

        var id = ids.New();
        List<Act> acts = [new OpenText(text.Kind, text.Languages, text.Amends, text.Meeting)];
        acts.Add(Words(id, text.Title, []));
        var places = Positions.Of(text.Clauses.Count);
        foreach (var (clause, place) in text.Clauses.Zip(places))
        {
            var clauseId = ids.New();
            acts.Add(Words(clauseId, clause.Wording, []) with { Promise = clause.Promise });
            acts.Add(new PlaceClause(clauseId, place));
        }

        var row = new TextRow
        {
            Id = id,
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
                await drafting.KeepAsync(t, id, acts, officer.Login, cancellation);
            },
            cancellation
        );
        await projector.RefreshAsync(id, cancellation);
        return (id, null);
    }

    /// <summary>A new wording of a clause, or of the title, in place of all versions that stand.</summary>
    public Task<TextRefusal?> WordAsync(
        Officer officer,
        string text,
        ProposedWords words,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            officer,
            text,
            view =>
            {
                var clause = view.Seen.All.FirstOrDefault(c => c.Id == words.Clause);
                return clause is null ? null : DraftEdits.Word(view, clause, words, ids.New);
            },
            cancellation
        );

    /// <param name="after">The clause it follows; null puts it first.</param>
    public Task<TextRefusal?> AddAsync(
        Officer officer,
        string text,
        string? after,
        NewClause clause,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            officer,
            text,
            view =>
            {
                var id = ids.New();
                var place = DraftEdits.PlaceAfter(view.Seen, after);
                return
                [
                    .. view.Draft,
                    Words(id, clause.Wording, []) with
                    {
                        Promise = clause.Promise,
                    },
                    new PlaceClause(id, place),
                ];
            },
            cancellation
        );

    public Task<TextRefusal?> RemoveAsync(
        Officer officer,
        string text,
        string clause,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            officer,
            text,
            view =>
                view.Seen.Clauses.FirstOrDefault(c => c.Id == clause) is { } found
                    ? DraftEdits.Remove(view, found, ids.New)
                    : null,
            cancellation
        );

    /// <param name="step">−1 up, 1 down.</param>
    public Task<TextRefusal?> MoveAsync(
        Officer officer,
        string text,
        string clause,
        int step,
        CancellationToken cancellation
    ) => ChangeAsync(officer, text, view => DraftEdits.Move(view, clause, step), cancellation);

    public Task<TextRefusal?> WithdrawAsync(
        Officer officer,
        string text,
        string version,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            officer,
            text,
            view =>
                view.Seen.All.SelectMany(c => c.Heads).FirstOrDefault(v => v.Id == version && v.By == view.Self)
                    is { } own
                    ? DraftEdits.Withdraw(view, own)
                    : null,
            cancellation,
            evenSigned: true
        );

    /// <param name="version">One version, or null for every one of the other side's that stands alone.</param>
    public Task<TextRefusal?> AcceptAsync(
        Officer officer,
        string text,
        string? version,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            officer,
            text,
            view =>
                [
                    .. view.Draft,
                    .. view
                        .Seen.All.Where(c => version is not null || c.Heads.Count == 1)
                        .SelectMany(c => c.Heads)
                        .Where(v => (version is null || v.Id == version) && !v.AcceptedBy.Contains(view.Self))
                        .Select(v => new AcceptVersion(v.Id)),
                ],
            cancellation,
            evenSigned: true
        );

    public Task<TextRefusal?> CommentAsync(
        Officer officer,
        string text,
        AddComment comment,
        CancellationToken cancellation
    ) =>
        string.IsNullOrWhiteSpace(comment.Words)
            ? Task.FromResult<TextRefusal?>(TextRefusal.Empty)
            : ChangeAsync(officer, text, view => [.. view.Draft, comment], cancellation, evenSigned: true);

    /// <summary>Forgets what is not sent. A text of which nothing was sent goes altogether.</summary>
    public async Task<TextRefusal?> DiscardAsync(Officer officer, string text, CancellationToken cancellation)
    {
        const string unsent = "DELETE FROM joint_text WHERE id = @Id AND state = 'draft'";
        var view = await book.FindAsync(officer, text, cancellation);
        if (view is null)
        {
            return TextRefusal.NotFound;
        }

        await database.WriteAsync(
            async t =>
            {
                await drafting.KeepAsync(t, text, [], officer.Login, cancellation);
                await t.RunAsync(unsent, new { Id = text }, cancellation);
            },
            cancellation
        );
        return null;
    }

    private async Task<TextRefusal?> ChangeAsync(
        Officer officer,
        string text,
        Func<TextView, IReadOnlyList<Act>?> change,
        CancellationToken cancellation,
        bool evenSigned = false
    )
    {
        var view = await book.FindAsync(officer, text, cancellation);
        if (view is null)
        {
            return TextRefusal.NotFound;
        }

        if (view.Frozen is { } frozen && !(evenSigned && frozen == TextRefusal.Signed))
        {
            return frozen;
        }

        var refusal = await database.WriteAsync<TextRefusal?>(
            async t =>
            {
                // Another officer may have drafted since the page was read.
                var latest = view with
                {
                    Draft = await drafting.OfAsync(t, text, cancellation),
                };
                var acts = change(new TextView(latest.Row, latest.Turns, latest.Draft, latest.Self));
                if (acts is null)
                {
                    return TextRefusal.NotFound;
                }

                if (!acts.All(TurnLimits.Holds))
                {
                    return TextRefusal.TooLong;
                }

                await drafting.KeepAsync(t, text, acts, officer.Login, cancellation);
                return null;
            },
            cancellation
        );
        if (refusal is null && view.Turns.Count == 0)
        {
            await projector.RefreshAsync(text, cancellation);
        }

        return refusal;
    }

    private ProposeClause Words(
        string clause,
        IReadOnlyDictionary<string, string> wording,
        IReadOnlyList<string> replaces
    ) =>
        new()
        {
            Clause = clause,
            Version = ids.New(),
            Replaces = replaces,
            Wording = wording,
        };
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

/// <param name="Wording">The languages that were written now; the others stay as they stand.</param>
/// <param name="Over">The version that the author worked on; the words of the others that stand are replaced too.</param>
internal sealed record ProposedWords(
    string Clause,
    IReadOnlyDictionary<string, string> Wording,
    IReadOnlyList<string> Confirmed,
    Promise? Promise,
    string? Over = null
);
