using Entente.Node.Features.Accounts;
using Entente.Node.Features.Texts.Negotiation;

namespace Entente.Node.Features.Texts;

/// <summary>What is said of versions that stand: accepted, taken back, remarked upon. It goes into the draft too.</summary>
internal sealed class VersionDesk(DraftDesk drafts)
{
    /// <param name="version">One version, or null for every one of the other side's that stands alone.</param>
    public Task<TextRefusal?> AcceptAsync(
        Officer officer,
        string text,
        string? version,
        CancellationToken cancellation
    ) => drafts.ChangeAsync(officer, text, view => DraftEdits.Accept(view, version), evenSigned: true, cancellation);

    public Task<TextRefusal?> WithdrawAsync(
        Officer officer,
        string text,
        string version,
        CancellationToken cancellation
    ) =>
        drafts.ChangeAsync(
            officer,
            text,
            view =>
                view.Seen.All.SelectMany(c => c.Heads).FirstOrDefault(v => v.Id == version && v.By == view.Self)
                    is { } own
                    ? DraftEdits.Withdraw(view, own)
                    : null,
            evenSigned: true,
            cancellation
        );

    public Task<TextRefusal?> CommentAsync(
        Officer officer,
        string text,
        AddComment comment,
        CancellationToken cancellation
    ) =>
        string.IsNullOrWhiteSpace(comment.Words)
            ? Task.FromResult<TextRefusal?>(TextRefusal.Empty)
            : drafts.ChangeAsync(officer, text, view => [.. view.Draft, comment], evenSigned: true, cancellation);
}
