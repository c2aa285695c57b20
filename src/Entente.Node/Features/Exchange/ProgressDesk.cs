using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange;

/// <summary>Tells a partner what became of its request. Where the link is down by decision, only our own side knows.</summary>
internal sealed class ProgressDesk(
    Database database,
    MessageStore messages,
    ReplyMessages replies,
    LinkDirectory links,
    DisclosureGuard guard,
    Outbox outbox,
    LedgerLog ledger,
    ExchangeLive live,
    TimeProvider clock
)
{
    /// <summary>After everything that says something.</summary>
    private const int Priority = 3;

    public async Task SeenAsync(Officer officer, RequestRow row, CancellationToken cancellation)
    {
        var at = WireTime.Round(clock.GetUtcNow());
        var message = await MessageAsync(officer, row, ProgressStates.Seen, at, cancellation);
        await database.WriteAsync(
            async t =>
            {
                if (await RequestRows.SeenAsync(t, row, at, cancellation) > 0 && message is not null)
                {
                    await outbox.EnqueueAsync(t, message, Priority, officer.Login, cancellation);
                }
            },
            cancellation
        );
    }

    /// <returns>False where somebody was faster.</returns>
    public async Task<bool> TakenAsync(Officer officer, RequestRow row, CancellationToken cancellation)
    {
        var at = WireTime.Round(clock.GetUtcNow());
        var message = await MessageAsync(officer, row, ProgressStates.Taken, at, cancellation);
        return await database.WriteAsync(
            async t =>
            {
                if (await RequestRows.TakenAsync(t, row, at, (officer.Login, officer.Unit), cancellation) == 0)
                {
                    return false;
                }

                var leaf = new LedgerEvent(
                    officer.Login,
                    LedgerAction.Alter,
                    $"request:{row.Id}",
                    "taken",
                    Link: row.Partner
                );
                await ledger.AppendAsync(t, leaf, cancellation);
                live.Changed(t, row with { Unit = officer.Unit });
                if (message is not null)
                {
                    await outbox.EnqueueAsync(t, message, Priority, officer.Login, cancellation);
                }

                return true;
            },
            cancellation
        );
    }

    private async Task<Message?> MessageAsync(
        Officer officer,
        RequestRow row,
        string state,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var request = await messages.OpenAsync(row.Id, cancellation);
        var disclosure = new Disclosure
        {
            Act = DisclosureAct.Send,
            Officer = officer,
            Kind = Kinds.Progress,
            Partner = row.Partner,
            Link = await links.FindAsync(row.Partner, cancellation),
            AnsweredBasis = request?.Message.Basis?.Instrument,
            Rank = 0,
        };
        var decision = await guard.DecideAsync(disclosure, cancellation);
        if (request is null || !decision.Allowed)
        {
            return null;
        }

        var body = new ProgressBody(request.Message.Id, state, at).ToBody();
        var message = await replies.WriteAsync(Kinds.Progress, officer, request.Message, rank: 0, body, cancellation);
        // It is not classified, so it may not repeat what the request was about.
        return message with { Subject = state, Purpose = null, Serves = null };
    }
}
