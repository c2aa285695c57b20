using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Takes a partner's envelopes: whole or not at all, in order, each once. The receipt is signed only when messages,
/// ledger leaves and the chain's head are durable.
/// </summary>
internal sealed class Receiver(
    Database database,
    EnvelopeOpening opening,
    AgreementUse agreements,
    ReceivingTransaction taking,
    ReceivingOrder order,
    LedgerLog ledger,
    ForkAlarm forks,
    RefusalLedger refusals,
    NodeKeys keys,
    NodeOptions options,
    NodeMeters meters,
    ILogger<Receiver> log
)
{
    private readonly NodeId _self = NodeId.Parse(options.Node);

    public async Task<Taken> TakeAsync(LinkedPartner partner, ReadOnlyMemory<byte> jwe, CancellationToken cancellation)
    {
        var sha256 = Hash.Of(jwe.Span);
        var known = await database.ReadAsync(
            c => ReceivedRows.FindAsync(c, partner.Partner, sha256, cancellation),
            cancellation
        );
        if (known is not null)
        {
            return await ReceiptAsync(partner, known, duplicate: true, cancellation);
        }

        var opened = await opening.OpenAsync(partner, jwe, cancellation);
        if (!opened.Ok)
        {
            await refusals.WriteAsync(partner.Partner, sha256, opened.Refusal, cancellation);
            return new EnvelopeRefused(opened.Refusal);
        }

        await agreements.NoteAsync(partner.Partner, keys.AgreementFor(jwe.Span).Kid, cancellation);
        var outcome = await InOrderAsync(partner.Partner, opened.Value, cancellation);
        if (outcome.Refusal is HistoryForked fork)
        {
            Log.Forked(log, partner.Partner, fork.First);
            await forks.RaiseAsync(partner, $"in:{fork.First}", cancellation);
        }

        if (outcome.Refusal is not null)
        {
            return outcome.Refusal;
        }

        meters.Received(partner.Partner, opened.Value.Lines.Count);
        Log.Taken(log, opened.Value.Lines.Count, partner.Partner, opened.Value.Batch.First);
        return await ReceiptAsync(partner, outcome.Received!, duplicate: false, cancellation); // Taken: it is there.
    }

    /// <summary>The write is asked for in the order of the envelopes and waited for beside those after it.</summary>
    private async Task<ReceivingTransaction.Outcome> InOrderAsync(
        string partner,
        OpenedEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var lines = ReceivedLine.Of(envelope);
        await order.TurnAsync(
            partner,
            envelope.Batch.First,
            () => database.ReadAsync(c => Chain.NextAsync(c, partner, MessageDirection.In, cancellation), cancellation)
        );
        var writing = taking.RunAsync(partner, envelope, lines, cancellation);
        order.Passed(partner, envelope.Batch.First + envelope.Batch.Count);
        return await writing;
    }

    private async Task<Taken> ReceiptAsync(
        LinkedPartner partner,
        ReceivedEnvelope received,
        bool duplicate,
        CancellationToken cancellation
    )
    {
        var head = await ledger.HeadAsync(cancellation);
        var entries = received.Entries.Select(entry => entry.ToReceipt(duplicate));
        var receipt = new Receipt(_self, partner.Node, received.At, received.Sha256, [.. entries], head.ForReceipt());
        return receipt.Sign(keys.Signing);
    }
}

/// <summary>The signed receipt, or why there is none.</summary>
internal readonly record struct Taken
{
    private Taken(string? receipt, DeliveryRefusal? refusal)
    {
        Receipt = receipt;
        Refusal = refusal;
    }

    public string? Receipt { get; }

    public DeliveryRefusal? Refusal { get; }

    public static implicit operator Taken(string receipt) => new(receipt, null);

    public static implicit operator Taken(DeliveryRefusal refusal) => new(null, refusal);
}
