using System.Globalization;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Recovery;

/// <summary>
/// A partner says, signed, that its ledger was lost and goes on from an older state. We witnessed the longer one: that is an
/// alarm, which a security officer closes with a written reason. Its new heads are compared from this one on; the old ones
/// stay as evidence.
/// </summary>
internal sealed class Restorations(Database database, Alarms alarms, NodeOptions options)
{
    /// <returns>False when it is not the partner's word on the last head that we witnessed.</returns>
    public async Task<bool> TakeAsync(LinkedPartner partner, string jws, CancellationToken cancellation)
    {
        if (
            Restoration.Open(jws, partner.Keys.Signing) is not { V: 1 } said
            || said.Node != partner.Partner
            || said.To != options.Node
        )
        {
            return false;
        }

        return await database.WriteAsync(t => TakeAsync(t, partner.Partner, said, jws, cancellation), cancellation);
    }

    private async Task<bool> TakeAsync(
        Transaction transaction,
        string partner,
        Restoration said,
        string jws,
        CancellationToken cancellation
    )
    {
        const string current = """
            SELECT COALESCE(MAX(epoch), 0) FROM witness_epoch WHERE link = @Partner
            """;
        const string last = """
            SELECT size, root FROM witness_head WHERE link = @Partner AND epoch = @Epoch ORDER BY size DESC LIMIT 1
            """;
        var epoch = await transaction.OneAsync<long>(current, new { Partner = partner }, cancellation);
        var head = await transaction.OneAsync<HeadRow>(last, new { Partner = partner, Epoch = epoch }, cancellation);
        if (head is null || head.Size != said.Lost.Size || head.Root != said.Lost.Root.ToString())
        {
            // Said twice, when our answer was lost: the first time counted.
            return await WasSaidAsync(transaction, partner, epoch, jws, cancellation);
        }

        const string insert = """
            INSERT INTO witness_epoch (link, epoch, at, declaration) VALUES (@Partner, @Epoch, @At, @Jws)
            """;
        var values = new
        {
            Partner = partner,
            Epoch = epoch + 1,
            said.At,
            Jws = jws,
        };
        await transaction.RunAsync(insert, values, cancellation);
        var detail = string.Create(
            CultureInfo.InvariantCulture,
            $"restored size={said.Head.Size} lost={said.Lost.Size}"
        );
        await alarms.RaiseAsync(transaction, AlarmKind.LedgerShrunk, partner, detail, cancellation);
        return true;
    }

    private static async Task<bool> WasSaidAsync(
        Transaction transaction,
        string partner,
        long epoch,
        string jws,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT COUNT(*) FROM witness_epoch WHERE link = @Partner AND epoch = @Epoch AND declaration = @Jws
            """;
        var values = new
        {
            Partner = partner,
            Epoch = epoch,
            Jws = jws,
        };
        return await transaction.OneAsync<long>(sql, values, cancellation) > 0;
    }

    private sealed class HeadRow
    {
        public required long Size { get; init; }
        public required string Root { get; init; }
    }
}
