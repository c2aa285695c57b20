using Entente.Node.Features.Audit;
using Entente.Node.Features.Links;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Believes a receipt after checking it, and keeps it: envelope and messages done, ledger, the partner's tree head
/// witnessed. From then on the sealed bytes need not be kept.
/// </summary>
internal sealed class Settlement(
    Database database,
    LedgerLog ledger,
    QuietLinks quiet,
    Witness witness,
    Alarms alarms,
    PartnerClients clients,
    IEnumerable<IDeliveryWatcher> watchers,
    NodeOptions options,
    NodeMeters meters,
    TimeProvider clock
)
{
    private readonly IDeliveryWatcher[] _watchers = [.. watchers];
    private readonly NodeId _self = NodeId.Parse(options.Node);

    /// <returns>Null when the receipt held; otherwise why it did not.</returns>
    public async Task<Refusal?> SettleAsync(
        LinkedPartner partner,
        OutgoingEnvelope envelope,
        PostOutcome.Receipted answer,
        CancellationToken cancellation
    )
    {
        var entries =
            envelope.Entries
            ?? await database.ReadAsync(
                c => ReceiptRows.EntriesAsync(c, partner.Partner, envelope, cancellation),
                cancellation
            );
        var receipt = Receipt.Open(answer.Jws, partner.Keys.Signing);
        var refusal = receipt.Ok ? Fault(receipt.Value, partner, envelope, entries) : receipt.Refusal;
        if (refusal is not null)
        {
            await database.WriteAsync(
                t => alarms.RaiseAsync(t, AlarmKind.ReceiptInvalid, partner.Partner, refusal.Code, cancellation),
                cancellation
            );
            return refusal;
        }

        await database.WriteAsync(
            t => KeepAsync(t, partner, envelope, receipt.Required(), entries, answer, cancellation),
            cancellation
        );
        return null;
    }

    private Refusal? Fault(
        Receipt receipt,
        LinkedPartner partner,
        OutgoingEnvelope envelope,
        IReadOnlyList<SentEntry> entries
    )
    {
        var sent = new SealedLines(envelope.Sha256, envelope.First, [.. entries.Select(e => Hash.Parse(e.Sha256))]);
        var refusal = receipt.Answers(sent, _self, partner.Node);
        var misnamed = refusal is null && receipt.Entries.Zip(entries).Any(pair => IsMisnamed(pair.First, pair.Second));
        return misnamed ? new Refusal(Reason.Fork, "The receipt gives a message another id.") : refusal;
    }

    // A message that could not be read there has no id in the receipt.
    private static bool IsMisnamed(ReceiptEntry entry, SentEntry sent) =>
        entry.Id != Guid.Parse(sent.Id) && entry.Status != ReceiptStatus.Rejected;

    private async Task KeepAsync(
        Transaction transaction,
        LinkedPartner partner,
        OutgoingEnvelope envelope,
        Receipt receipt,
        IReadOnlyList<SentEntry> entries,
        PostOutcome.Receipted answer,
        CancellationToken cancellation
    )
    {
        if (!await ReceiptRows.KeepAsync(transaction, partner.Partner, envelope, receipt, answer.Jws, cancellation))
        {
            return; // Another instance of this node was faster.
        }

        var took = answer.AnsweredAt - answer.SentAt;
        transaction.AfterCommit(() => meters.Sent(partner.Partner, entries.Count, took));
        // What asks the database goes first: what is only written goes to it together.
        await TellAsync(transaction, receipt, entries, cancellation);
        await witness.SeeAsync(transaction, partner.Partner, receipt.TreeHead, answer.Jws, cancellation);
        var now = clock.GetUtcNow();
        await ReceiptRows.MarkAsync(transaction, partner.Partner, receipt, entries, now, cancellation);
        if (!quiet.Is(partner.Partner))
        {
            var kept = new LedgerEvent(
                partner.Partner,
                LedgerAction.Receive,
                $"envelope:{envelope.Sha256}",
                "receipt",
                Hash.OfText(answer.Jws).ToString(),
                partner.Partner
            );
            await ledger.AppendAsync(transaction, kept, cancellation);
        }

        var contact = new LinkContact(now, Skew(receipt, answer), clients.CertificateExpires(partner.Partner));
        await LinkHealthRows.ContactAsync(transaction, partner.Partner, contact, cancellation);
    }

    private async Task TellAsync(
        Transaction transaction,
        Receipt receipt,
        IReadOnlyList<SentEntry> entries,
        CancellationToken cancellation
    )
    {
        DeliveredMessage[] messages =
        [
            .. receipt.Entries.Zip(
                entries,
                (entry, sent) => new DeliveredMessage(sent.Id, receipt.At, entry.Reason?.Code())
            ),
        ];
        foreach (var watcher in _watchers)
        {
            await watcher.DeliveredAsync(transaction, messages, cancellation);
        }
    }

    /// <summary>How far the partner's clock is ahead of ours; null where the receipt repeats an older one.</summary>
    private static TimeSpan? Skew(Receipt receipt, PostOutcome.Receipted answer) =>
        answer.Carried || receipt.Entries.Any(entry => entry.Status == ReceiptStatus.Duplicate)
            ? null
            : receipt.At - (answer.SentAt + ((answer.AnsweredAt - answer.SentAt) / 2));
}
