namespace Entente.Node.Features.Links;

/// <summary>The links of this node, for whoever needs to know with whom and under which terms one may exchange.</summary>
internal sealed class LinkDirectory
{
    public Task<Link?> FindAsync(string partner, CancellationToken cancellation) => Task.FromResult<Link?>(null);

    public Task<IReadOnlyList<Link>> ListAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Link>>([]);
}
