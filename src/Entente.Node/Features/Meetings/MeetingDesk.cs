using Entente.Node.Features.Accounts;
using Entente.Node.Features.Texts;
using Entente.Node.Features.Texts.Negotiation;

namespace Entente.Node.Features.Meetings;

/// <summary>
/// Prepares a meeting with the other side. Each step is sent at once: a date is proposed, accepted or countered, and both
/// sides hold the same.
/// </summary>
internal sealed class MeetingDesk(
    TextOpening opening,
    ClauseDesk clauses,
    VersionDesk versions,
    TextSending sending,
    TextBook book
)
{
    public async Task<(string? Id, TextRefusal? Refusal)> ProposeAsync(
        Officer officer,
        string partner,
        MeetingPlan plan,
        int rank,
        CancellationToken cancellation
    )
    {
        if (!plan.Holds())
        {
            return (null, TextRefusal.BadCode);
        }

        var text = new NewText(partner, TextKinds.Meeting, [MeetingPlan.Member], Words(plan), [], rank);
        var (id, refusal) = await opening.OpenAsync(officer, text, cancellation);
        return id is null ? (null, refusal) : (id, await sending.SendAsync(officer, id, cancellation));
    }

    /// <summary>Another date, place, agenda: replaces every plan that stands.</summary>
    public async Task<TextRefusal?> AmendAsync(
        Officer officer,
        string id,
        MeetingPlan plan,
        CancellationToken cancellation
    ) =>
        !plan.Holds()
            ? TextRefusal.BadCode
            : await clauses.WordAsync(officer, id, new ProposedWords(id, Words(plan), [], null), cancellation)
                ?? await sending.SendAsync(officer, id, cancellation);

    /// <param name="version">One plan, or null for everything the other side proposes.</param>
    public async Task<TextRefusal?> AcceptAsync(
        Officer officer,
        string id,
        string? version,
        CancellationToken cancellation
    ) =>
        await versions.AcceptAsync(officer, id, version, cancellation)
        ?? await sending.SendAsync(officer, id, cancellation);

    public async Task<TextRefusal?> WithdrawAsync(
        Officer officer,
        string id,
        string version,
        CancellationToken cancellation
    ) =>
        await versions.WithdrawAsync(officer, id, version, cancellation)
        ?? await sending.SendAsync(officer, id, cancellation);

    /// <summary>A point for both to agree; with a promise it becomes a commitment once they do.</summary>
    public async Task<TextRefusal?> PointAsync(
        Officer officer,
        string id,
        string words,
        Promise? promise,
        CancellationToken cancellation
    )
    {
        if (words.Length == 0)
        {
            return TextRefusal.Empty;
        }

        var view = await book.FindAsync(officer, id, cancellation);
        var last = view?.Seen.Clauses is [.., var end] ? end.Id : null;
        var clause = new NewClause(new Dictionary<string, string> { [MeetingPlan.Point] = words }, promise);
        return await clauses.AddAsync(officer, id, last, clause, cancellation)
            ?? await sending.SendAsync(officer, id, cancellation);
    }

    private static Dictionary<string, string> Words(MeetingPlan plan) => new() { [MeetingPlan.Member] = plan.ToJson() };
}
