using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Guard;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>Sends what is drafted, and lets go of what will not be signed. Signing itself takes two: <see cref="Signing"/>.</summary>
internal sealed class TextSending(
    Database database,
    TextBook book,
    Drafting drafting,
    TextProjector projector,
    DeskPost post,
    NodeOptions options
)
{
    public async Task<TextRefusal?> SendAsync(Officer officer, string text, CancellationToken cancellation)
    {
        var view = await book.FindAsync(officer, text, cancellation);
        return view is null ? TextRefusal.NotFound
            : view.Draft.Count == 0 ? TextRefusal.NothingToSend
            : view.Frozen is { } frozen && (frozen == TextRefusal.InForce || ChangesText(view.Draft)) ? frozen
            : await SendAsync(officer, view, Kinds.Proposal, view.Draft, cancellation);
    }

    /// <summary>Tells the other side that what it signed will not be signed here.</summary>
    public async Task<TextRefusal?> ReleaseAsync(Officer officer, string text, CancellationToken cancellation)
    {
        var view = await book.FindAsync(officer, text, cancellation);
        return view is null ? TextRefusal.NotFound
            : view.Frozen == TextRefusal.InForce ? TextRefusal.InForce
            : view.TheirSignature is not { } theirs ? TextRefusal.Changed
            : await SendAsync(officer, view, Kinds.Adoption, [new ReleaseSignature(theirs.Sha256)], cancellation);
    }

    /// <summary>
    /// A turn, judged and ready: what posts it, inside a transaction; null where the guard stood against it. It says false,
    /// and posts nothing, where a colleague has sent a proposal since the text was read: two turns never bear one number.
    /// </summary>
    public async Task<(Func<Transaction, CancellationToken, Task<bool>>? Post, Decision Decision)> PrepareAsync(
        Officer officer,
        TextView view,
        string kind,
        IReadOnlyList<Act> acts,
        CancellationToken cancellation
    )
    {
        var turn = TextView.Next(view.Row.Id, view.Turns, acts, options.Node);
        var letter = new DeskLetter
        {
            Kind = kind,
            Partner = view.Row.Partner,
            Case = view.Row.Id,
            Object = $"text:{view.Row.Id}",
            Subject = view.Row.Title,
            Language = view.Seen.Languages is [var first, ..] ? first : "fr",
            Rank = view.Row.Rank,
            Body = turn.ToBody(),
        };
        var (message, decision) = await post.WriteAsync(officer, letter, cancellation);
        return message is null
            ? (null, decision)
            : (
                async (t, c) =>
                {
                    // Locks the text's row: whoever sends in the same instant waits here, and then counts one more.
                    await TextRows.TouchAsync(t, view.Row.Id, view.Row.Rank, message.Sent, c);
                    var since = await CaseMessages.SentAsync(t, view.Row.Id, c) - view.OwnMessages;
                    if (since != 0 && kind == Kinds.Proposal)
                    {
                        return false;
                    }

                    // A signature is over one SHA-256, whatever was said meanwhile: it only takes its place behind.
                    var numbered = turn with
                    {
                        Number = turn.Number + since,
                    };
                    await post.PostAsync(t, message with { Body = numbered.ToBody() }, officer.Login, c);
                    if (kind == Kinds.Proposal)
                    {
                        await drafting.KeepAsync(t, view.Row.Id, [], officer.Login, c);
                    }

                    return true;
                },
                decision
            );
    }

    // Once signed here, only what leads to the other side's signature may still be said.
    private static bool ChangesText(IReadOnlyList<Act> acts) =>
        acts.Any(act => act is not (AcceptVersion or AddComment));

    private async Task<TextRefusal?> SendAsync(
        Officer officer,
        TextView view,
        string kind,
        IReadOnlyList<Act> acts,
        CancellationToken cancellation
    )
    {
        var (send, decision) = await PrepareAsync(officer, view, kind, acts, cancellation);
        if (send is null)
        {
            return new TextRefusal.Guarded(decision);
        }

        var sent = await database.WriteAsync(t => send(t, cancellation), cancellation);
        // The page that is shown next has it.
        await projector.RefreshAsync(view.Row.Id, cancellation);
        return sent ? null : TextRefusal.Changed;
    }
}
