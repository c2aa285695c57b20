using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>The desk asks for a signature; a supervisor who is somebody else gives it: <see cref="SignApproval"/>.</summary>
internal sealed class Signing(Database database, TextBook book, ApprovalBook asked, ApprovalDesk approvals)
{
    /// <param name="sha256">Of the text as the officer was shown it.</param>
    public async Task<TextRefusal?> AskAsync(
        Officer officer,
        string text,
        string sha256,
        CancellationToken cancellation
    )
    {
        var view = await book.FindAsync(officer, text, cancellation);
        var refusal = view is null ? TextRefusal.NotFound : Obstacle(view, sha256);
        if (view is null || refusal is not null)
        {
            return refusal;
        }

        if (await WaitingAsync(text, cancellation) is not null)
        {
            return TextRefusal.Asked;
        }

        await database.WriteAsync(
            t => approvals.AskAsync(t, officer, SignApproval.Ask(view, sha256), cancellation),
            cancellation
        );
        return null;
    }

    /// <summary>The signature that is asked for and not given yet.</summary>
    public Task<Approval?> WaitingAsync(string text, CancellationToken cancellation) =>
        asked.WaitingAsync(SignApproval.Name, SignApproval.Object(text), cancellation);

    /// <summary>Why this very text cannot be signed now; null when it can.</summary>
    internal static TextRefusal? Obstacle(TextView view, string sha256) =>
        view.Frozen is { } frozen ? frozen
        : view.Draft.Count > 0 || view.Sent.Obstacles.Count > 0 ? TextRefusal.NotReady
        : view.Sent.Canonical?.Sha256 != sha256 ? TextRefusal.Changed
        : null;
}
