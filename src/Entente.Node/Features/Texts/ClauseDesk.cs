using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>Writes, adds, removes and moves clauses of a text, in its draft.</summary>
internal sealed class ClauseDesk(DraftDesk drafts, Ids ids)
{
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
                view.Seen.All.FirstOrDefault(c => c.Id == words.Clause) is { } clause
                    ? DraftEdits.Word(view, clause, words, ids.New)
                    : null,
            cancellation
        );

    /// <param name="after">The clause it follows; null puts it first.</param>
    public Task<TextRefusal?> AddAsync(
        Officer officer,
        string text,
        string? after,
        NewClause clause,
        CancellationToken cancellation
    ) => ChangeAsync(officer, text, view => DraftEdits.Add(view, after, clause, ids.New), cancellation);

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

    private Task<TextRefusal?> ChangeAsync(
        Officer officer,
        string text,
        Func<TextView, IReadOnlyList<Negotiation.Act>?> change,
        CancellationToken cancellation
    ) => drafts.ChangeAsync(officer, text, change, evenSigned: false, cancellation);
}

/// <param name="Wording">The languages that were written now; the others stay as they stand.</param>
/// <param name="Over">The version that the author worked on; the words of the others that stand are replaced too.</param>
internal sealed record ProposedWords(
    string Clause,
    IReadOnlyDictionary<string, string> Wording,
    IReadOnlyList<string> Confirmed,
    Negotiation.Promise? Promise,
    string? Over = null
);
