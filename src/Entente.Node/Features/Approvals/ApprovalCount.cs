using Entente.Node.Features.Accounts;
using Entente.Node.Web.Navigation;

namespace Entente.Node.Features.Approvals;

/// <summary>What waits for this officer's word, beside the place where it is given.</summary>
internal sealed class ApprovalCount(ApprovalBook book) : INavCount
{
    public string Href => "/approvals";

    public Task<int> CountAsync(Officer officer, CancellationToken cancellation) =>
        book.CountAsync(officer, cancellation);
}
