using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// The classification scheme this node marks with: the one named by the setting `exchange.scheme` (`id@version`), else
/// its country's, else the neutral one.
/// </summary>
internal sealed class NodeMarking(Database database, MarkingBook markings, NodeOptions options)
{
    public async Task<MarkingScheme> SchemeAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT value FROM setting WHERE name = 'exchange.scheme'";
        var named = await database.ReadAsync(c => c.OneAsync<string>(sql, null, cancellation), cancellation);
        return (named?.Split('@') is [var id, var version] ? markings.Find(id, version) : null)
            ?? markings.For(options.Country);
    }

    public async Task<Classification> MarkAsync(int rank, CancellationToken cancellation) =>
        MarkingBook.Mark(await SchemeAsync(cancellation), rank);
}
