using Entente.Node.Features.Accounts;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>
/// The draft of a text: what an officer of the cooperation desk does to it before it is sent. <see cref="ClauseDesk"/> writes
/// clauses, <see cref="VersionDesk"/> judges those of the other side; this keeps what they make.
/// </summary>
internal sealed class DraftDesk(Database database, TextBook book, Drafting drafting, TextProjector projector)
{
    /// <param name="change">The whole draft as it is to be; null where what is to be changed is not there.</param>
    /// <param name="evenSigned">It leads to the other side's signature, so a signature of ours does not forbid it.</param>
    public async Task<TextRefusal?> ChangeAsync(
        Officer officer,
        string text,
        Func<TextView, IReadOnlyList<Act>?> change,
        bool evenSigned,
        CancellationToken cancellation
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

        var refusal = await database.WriteAsync(t => KeepAsync(t, officer, view, change, cancellation), cancellation);
        if (refusal is null && view.Turns.Count == 0)
        {
            await projector.RefreshAsync(text, cancellation);
        }

        return refusal;
    }

    /// <summary>Forgets what is not sent. A text of which nothing was sent goes altogether.</summary>
    public async Task<TextRefusal?> DiscardAsync(Officer officer, string text, CancellationToken cancellation)
    {
        const string unsent = "DELETE FROM joint_text WHERE id = @Id AND state = 'draft'";
        if (await book.FindAsync(officer, text, cancellation) is null)
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

    private async Task<TextRefusal?> KeepAsync(
        Transaction t,
        Officer officer,
        TextView view,
        Func<TextView, IReadOnlyList<Act>?> change,
        CancellationToken cancellation
    )
    {
        // Another officer may have drafted since the page was read.
        var draft = await drafting.OfAsync(t, view.Row.Id, cancellation);
        var acts = change(new TextView(view.Row, view.Turns, draft, view.Self));
        if (acts is null)
        {
            return TextRefusal.NotFound;
        }

        if (!acts.All(TurnLimits.Holds))
        {
            return TextRefusal.TooLong;
        }

        await drafting.KeepAsync(t, view.Row.Id, acts, officer.Login, cancellation);
        return null;
    }
}
