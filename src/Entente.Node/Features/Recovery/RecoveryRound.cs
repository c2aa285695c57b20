using System.Data.Common;
using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>
/// Where do we stand with a partner? A node that was restored to an older state finds that out from what it signed itself,
/// takes what it has forgotten from the partner's memory, and says what became of its ledger.
/// compare → take, in the order of the receipts → declare.
/// </summary>
internal sealed class RecoveryRound(
    Database database,
    RecoveryBook book,
    ReturnedCheck check,
    ReturnedFiles files,
    ReturnedKeeping keeping,
    IEnumerable<IRecoveryWatcher> watchers,
    LedgerLog ledger,
    Alarms alarms,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock,
    ILogger<RecoveryRound> log
)
{
    private const string Unproven = "recovery-unproven";
    private readonly IRecoveryWatcher[] _watchers = [.. watchers];

    /// <returns>Null when all is well; otherwise why it is to be tried again.</returns>
    public async Task<string?> RunAsync(LinkedPartner partner, IPartnerMemory memory, CancellationToken cancellation)
    {
        var asking = await book.IsRecoveringAsync(partner.Partner, cancellation);
        var reply = await memory.StandingAsync(partner, cancellation);
        if (reply.IsNotThere)
        {
            if (asking)
            {
                Log.Helpless(log, partner.Partner);
                await book.EndAsync(partner.Partner, cancellation);
            }

            return null;
        }

        if (reply.Value is not { } standing)
        {
            return reply.Failure;
        }

        var lost = await LostHeadAsync(standing, cancellation);
        var (sent, received) = await BehindAsync(partner.Partner, standing, cancellation);
        if (lost is null && sent <= 0 && received <= 0)
        {
            await EndAsync(partner.Partner, asking, cancellation);
            return null;
        }

        Log.Begins(log, partner.Partner, Math.Max(sent, 0), Math.Max(received, 0));
        await book.BeginAsync(partner.Partner, lost, cancellation);
        var failure = await TakeAsync(partner, memory, standing, cancellation);
        if (failure is Reply.NotThere or Unproven)
        {
            await AlarmAsync(partner.Partner, cancellation);
        }

        failure ??= lost is null ? null : await DeclareAsync(partner, memory, lost, cancellation);
        if (failure is null)
        {
            await EndAsync(partner.Partner, asking: true, cancellation);
        }

        return failure;
    }

    /// <summary>The partner took or receipted what it cannot give back, or gives back something else: people must speak.</summary>
    private Task AlarmAsync(string partner, CancellationToken cancellation) =>
        database.WriteAsync(
            t => alarms.RaiseAsync(t, AlarmKind.LinkGap, partner, "recovery", cancellation),
            cancellation
        );

    private async Task EndAsync(string partner, bool asking, CancellationToken cancellation)
    {
        if (asking)
        {
            // First: what fails here is tried again with the rest.
            foreach (var watcher in _watchers)
            {
                await watcher.EndedAsync(partner, cancellation);
            }

            await book.EndAsync(partner, cancellation);
            Log.Ended(log, partner);
        }
    }

    /// <summary>The head we signed that our ledger of today does not hold; null when it holds what the partner saw.</summary>
    private async Task<RestorationHead?> LostHeadAsync(Standing standing, CancellationToken cancellation)
    {
        if (standing.Head is null || check.OwnHead(standing.Head) is not { } seen)
        {
            return null; // Not our word: it obliges us to nothing.
        }

        var size = await ledger.SizeAsync(cancellation);
        return seen.Size <= size && await ledger.RootAsync(seen.Size, cancellation) == seen.Root ? null : seen;
    }

    private Task<(long Sent, long Received)> BehindAsync(
        string partner,
        Standing standing,
        CancellationToken cancellation
    ) =>
        database.ReadAsync(
            async c =>
            {
                var sent = await NextAsync(c, partner, MessageDirection.Out, cancellation);
                var received = await NextAsync(c, partner, MessageDirection.In, cancellation);
                return (standing.Sent - sent, standing.Received - received);
            },
            cancellation
        );

    /// <summary>The first seq of a direction that is not known here.</summary>
    public static async Task<long> NextAsync(
        DbConnection connection,
        string partner,
        MessageDirection direction,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT next FROM chain WHERE partner = @Partner AND direction = @Direction";
        var values = new { Partner = partner, Direction = MessageStore.Name(direction) };
        return await connection.OneAsync<long?>(sql, values, cancellation) ?? 1;
    }

    /// <summary>Both directions at once, the older receipt first: an answer comes back after what it answers.</summary>
    private async Task<string?> TakeAsync(
        LinkedPartner partner,
        IPartnerMemory memory,
        Standing standing,
        CancellationToken cancellation
    )
    {
        var sent = new ReturningSide(MessageDirection.Out, standing.Sent);
        var received = new ReturningSide(MessageDirection.In, standing.Received);
        while (true)
        {
            foreach (var direction in (ReturningSide[])[sent, received])
            {
                if (await FillAsync(partner, memory, direction, cancellation) is { } failure)
                {
                    return failure;
                }
            }

            var next = Earlier(sent, received);
            if (next?.Waiting is not { } envelope)
            {
                return null;
            }

            var missing = await files.FetchAsync(partner, memory, next.Side, envelope, cancellation);
            if (missing is not null)
            {
                return missing;
            }

            var kept = await keeping.KeepAsync(partner, next.Side, envelope, cancellation);
            if (!kept && await IsStuckAsync(partner.Partner, next.Side, envelope, cancellation))
            {
                Log.Unproven(log, partner.Partner, envelope.Batch.First, MessageStore.Name(next.Side));
                return Unproven;
            }

            Log.Returned(log, partner.Partner, envelope.Batch.First, MessageStore.Name(next.Side));
            next.Waiting = null;
            foreach (var watcher in _watchers)
            {
                await watcher.KeptAsync(cancellation);
            }
        }
    }

    /// <summary>Not when another instance of this node kept it a moment ago.</summary>
    private Task<bool> IsStuckAsync(
        string partner,
        MessageDirection side,
        ProvenEnvelope envelope,
        CancellationToken cancellation
    ) =>
        database.ReadAsync(
            async c => await NextAsync(c, partner, side, cancellation) <= envelope.Batch.First,
            cancellation
        );

    private async Task<string?> FillAsync(
        LinkedPartner partner,
        IPartnerMemory memory,
        ReturningSide direction,
        CancellationToken cancellation
    )
    {
        var first = await database.ReadAsync(
            c => NextAsync(c, partner.Partner, direction.Side, cancellation),
            cancellation
        );
        if (direction.Waiting is not null || first >= direction.End)
        {
            return null;
        }

        var reply = await memory.EnvelopeAsync(partner, direction.Side, first, cancellation);
        if (reply.Value is not { } returned)
        {
            return reply.Failure;
        }

        direction.Waiting = await check.ProveAsync(partner, direction.Side, first, returned, cancellation);
        if (direction.Waiting is null)
        {
            Log.Unproven(log, partner.Partner, first, MessageStore.Name(direction.Side));
        }

        return direction.Waiting is null ? Unproven : null;
    }

    private static ReturningSide? Earlier(ReturningSide sent, ReturningSide received) =>
        (sent.Waiting, received.Waiting) switch
        {
            ({ } s, { } r) => s.Receipt.At <= r.Receipt.At ? sent : received,
            (not null, null) => sent,
            (null, not null) => received,
            _ => null,
        };

    private async Task<string?> DeclareAsync(
        LinkedPartner partner,
        IPartnerMemory memory,
        RestorationHead lost,
        CancellationToken cancellation
    )
    {
        var head = await ledger.HeadAsync(cancellation);
        var said = new Restoration(
            1,
            options.Node,
            partner.Partner,
            WireTime.Round(clock.GetUtcNow()),
            lost,
            new RestorationHead(head.Size, head.Root, head.At)
        );
        return (await memory.DeclareAsync(partner, said.Sign(keys.Signing), cancellation)).Failure;
    }
}
