using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>All cards of a node that were ever in use here, its own included: whose signature was whose, and when.</summary>
internal sealed class CardArchive(Database database, NodeOptions options)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<LinkCard>> OfAsync(string node, CancellationToken cancellation)
    {
        const string own = "SELECT jws FROM own_card";
        const string partners = "SELECT jws FROM link_card WHERE partner = @Node";
        var rows = await database.ReadAsync(
            c => c.ListAsync<string>(node == options.Node ? own : partners, new { Node = node }, cancellation),
            cancellation
        );
        // Each was checked before it was kept.
        return [.. rows.Select(jws => LinkCard.Open(jws).Required()).OrderByDescending(card => card.Issued)];
    }
}
