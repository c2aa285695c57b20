using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Texts;

/// <summary>
/// A signature that waits for the second person. What they approve is one SHA-256: should the text change meanwhile, nothing
/// is signed.
/// </summary>
internal sealed class SignApproval(
    TextBook book,
    TextSending sending,
    TextProjector projector,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock
) : IApprovalKind
{
    public const string Name = "sign";

    private const string Prefix = "text:";

    public string Code => Name;

    public TimeSpan Term => TimeSpan.FromDays(30);

    public static string Object(string text) => Prefix + text;

    public static ApprovalRequest Ask(TextView view, string sha256) =>
        new(
            Name,
            Object(view.Row.Id),
            view.Row.Partner,
            view.Row.Rank,
            ["signature"],
            [Role.Supervisor],
            new ApprovalContent(view.Row.Title, "", Shown(view.Sent, sha256), sha256)
        );

    public async Task<ApprovalPlan> PlanAsync(
        Approval approval,
        ApprovalContent content,
        Officer decider,
        CancellationToken cancellation
    )
    {
        var sha256 = content.Data;
        var view = await book.FindAsync(decider, approval.Object[Prefix.Length..], cancellation);
        if (view is null || Signing.Obstacle(view, sha256) is not null)
        {
            return ApprovalPlan.Stopped("changed");
        }

        var adoption = new Adoption(1, view.Row.Id, sha256, options.Node, WireTime.Round(clock.GetUtcNow()));
        // Whoever gives the word signs; the unit that asked goes on corresponding.
        var (post, decision) = await sending.PrepareAsync(
            decider with
            {
                Unit = approval.Unit,
            },
            view,
            Kinds.Adoption,
            [new SignText(sha256, adoption.Sign(keys.Signing))],
            cancellation
        );
        return post is null
            ? ApprovalPlan.Stopped(decision.Why)
            : ApprovalPlan.Do(
                async (t, c) =>
                {
                    await post(t, c); // A signature always finds its place.
                    t.AfterCommit(() => projector.Wake(view.Row.Id));
                }
            );
    }

    public Task RefusedAsync(Transaction transaction, Approval approval, CancellationToken cancellation) =>
        Task.CompletedTask; // The text is as it was; nothing had been said.

    /// <summary>All that is signed, in every language, and its hash.</summary>
    private static string Shown(TextState text, string sha256)
    {
        var shown = new StringBuilder();
        foreach (var language in text.Languages)
        {
            shown.AppendLine(text.Title?.Current.In(language));
            foreach (var (i, clause) in text.Clauses.Index())
            {
                shown.Append(i + 1).Append(". ").AppendLine(clause.Current.In(language));
            }

            shown.AppendLine();
        }

        return shown.Append("SHA-256 ").Append(sha256).ToString();
    }
}
