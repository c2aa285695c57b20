using System.Collections.Concurrent;
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
/// Before anything is sent to a partner: where do we stand with it? A node that was restored to an older state finds that
/// out from what it signed itself, asks for what it has forgotten, and says what became of its ledger.
/// compare → ask, in the order of the receipts → declare.
/// </summary>
internal sealed class PartnerRecovery(
    Database database,
    LinkDirectory directory,
    RecoveryBook book,
    RecoveryClient client,
    ReturnedCheck check,
    ReturnedFiles files,
    ReturnedKeeping keeping,
    LedgerLog ledger,
    LedgerHealth health,
    Alarms alarms,
    CourierSignals signals,
    NodeKeys keys,
    NodeOptions options,
    TimeProvider clock,
    ILogger<PartnerRecovery> log
)
{
    private const string Unproven = "recovery-unproven";
    private readonly ConcurrentDictionary<string, bool> _clear = new(StringComparer.Ordinal);

    /// <summary>Whether we have found, since this process began, that nothing stands against sending.</summary>
    public bool IsClear(string partner) => _clear.ContainsKey(partner);

    /// <summary>Returns when nothing stands against sending, or when the link is active no more.</summary>
    public async Task RunAsync(string partner, CancellationToken cancellation)
    {
        var signal = signals.For(partner);
        var failures = 0;
        while (await directory.FindPartnerAsync(partner, cancellation) is { Link.State: LinkState.Active } linked)
        {
            signal.ForgetRetry();
            if (await StepAsync(linked, cancellation) is not { } failure)
            {
                _clear[partner] = true;
                return;
            }

            failures++;
            await RecordAsync(partner, failure, failures, cancellation);
            await signal.RetryAsync(BackOff.After(failures), cancellation);
        }
    }

    /// <returns>Null when all is well; otherwise why it is to be tried again.</returns>
    private async Task<string?> StepAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        try
        {
            return health.CanWrite ? await CompareAsync(partner, cancellation) : "no-ledger";
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            // The edge: nothing is lost by a step that failed; it is taken again.
            Log.Failed(log, e, partner.Partner);
            return "internal";
        }
    }

    private async Task<string?> CompareAsync(LinkedPartner partner, CancellationToken cancellation)
    {
        var asking = await book.IsRecoveringAsync(partner.Partner, cancellation);
        var reply = await client.StandingAsync(partner, cancellation);
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
        var failure = await AskAsync(partner, standing, cancellation);
        if (failure is Reply.NotThere or Unproven)
        {
            await AlarmAsync(partner.Partner, cancellation);
        }

        failure ??= lost is null ? null : await DeclareAsync(partner, lost, cancellation);
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

    private static async Task<long> NextAsync(
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
    private async Task<string?> AskAsync(LinkedPartner partner, Standing standing, CancellationToken cancellation)
    {
        var sent = new Direction(MessageDirection.Out, standing.Sent);
        var received = new Direction(MessageDirection.In, standing.Received);
        while (true)
        {
            foreach (var direction in (Direction[])[sent, received])
            {
                if (await FillAsync(partner, direction, cancellation) is { } failure)
                {
                    return failure;
                }
            }

            var next = Earlier(sent, received);
            if (next?.Waiting is not { } envelope)
            {
                return null;
            }

            var missing = await files.FetchAsync(partner, next.Side, envelope, cancellation);
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

    private async Task<string?> FillAsync(LinkedPartner partner, Direction direction, CancellationToken cancellation)
    {
        var first = await database.ReadAsync(
            c => NextAsync(c, partner.Partner, direction.Side, cancellation),
            cancellation
        );
        if (direction.Waiting is not null || first >= direction.End)
        {
            return null;
        }

        var reply = await client.EnvelopeAsync(partner, direction.Side, first, cancellation);
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

    private static Direction? Earlier(Direction sent, Direction received) =>
        (sent.Waiting, received.Waiting) switch
        {
            ({ } s, { } r) => s.Receipt.At <= r.Receipt.At ? sent : received,
            (not null, null) => sent,
            (null, not null) => received,
            _ => null,
        };

    private async Task<string?> DeclareAsync(
        LinkedPartner partner,
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
        return (await client.DeclareAsync(partner, said.Sign(keys.Signing), cancellation)).Failure;
    }

    private async Task RecordAsync(string partner, string failure, int failures, CancellationToken cancellation)
    {
        try
        {
            var now = clock.GetUtcNow();
            await database.WriteAsync(
                t => LinkHealthRows.FailureAsync(t, partner, now, failure, failures, cancellation),
                cancellation
            );
        }
        catch (DbException e)
        {
            // The database is what failed: there is nowhere to record it but the log.
            Log.Failed(log, e, partner);
        }
    }

    /// <summary>One direction of the link: where it ends at the partner, and the envelope that comes next.</summary>
    private sealed class Direction(MessageDirection side, long end)
    {
        public MessageDirection Side => side;

        public long End => end;

        public ProvenEnvelope? Waiting { get; set; }
    }
}
