using Entente.Node.Features.Audit;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// The one transaction in which an envelope becomes ours:
/// chain head → verdict on each message → ledger → messages, entries, envelope → chain head.
/// </summary>
internal sealed class ReceivingTransaction(
    Database database,
    ContentSeal seal,
    LedgerLog ledger,
    AttachmentFiles files,
    Alarms alarms,
    RefusalDays refusals,
    IEnumerable<IReception> receptions,
    TimeProvider clock
)
{
    private readonly IReception[] _receptions = [.. receptions];

    public Task<Outcome> RunAsync(
        string partner,
        OpenedEnvelope envelope,
        IReadOnlyList<ReceivedLine> lines,
        CancellationToken cancellation
    )
    {
        return files.Missing(partner, lines) is { Count: > 0 } missing
            ? Task.FromResult(new Outcome(new AttachmentsMissing(missing), null))
            : database.WriteBehindAsync(t => TakeAsync(t, partner, envelope, lines, cancellation), cancellation);
    }

    private async Task<Outcome> TakeAsync(
        Transaction transaction,
        string partner,
        OpenedEnvelope envelope,
        IReadOnlyList<ReceivedLine> lines,
        CancellationToken cancellation
    )
    {
        var chain = await Chain.LockAsync(transaction, partner, MessageDirection.In, cancellation);
        if (await OrderAsync(transaction, partner, envelope, chain, cancellation) is { } outcome)
        {
            return outcome;
        }

        var at = WireTime.Round(clock.GetUtcNow());
        await JudgeAsync(transaction, partner, lines, at, cancellation);
        var entries = await AccountAsync(transaction, partner, lines, cancellation);
        var received = new ReceivedEnvelope(envelope.Sha256, at, entries);
        await KeepAsync(transaction, partner, lines, received, cancellation);
        await ReceivedRows.InsertAsync(transaction, partner, envelope, lines, received, cancellation);
        await chain.AdvanceAsync(transaction, lines.Count, envelope.Sha256, cancellation);
        return new Outcome(null, received);
    }

    /// <summary>A leaf for each line, but for those rejected past what a day has.</summary>
    private async Task<IReadOnlyList<ReceivedEntry>> AccountAsync(
        Transaction transaction,
        string partner,
        IReadOnlyList<ReceivedLine> lines,
        CancellationToken cancellation
    )
    {
        List<ReceivedLine> rejected = [.. lines.Where(l => l.Rejected is not null)];
        var own = await refusals.CountAsync(transaction, partner, rejected.Count, cancellation);
        var unlisted = rejected.Skip(own).ToHashSet();
        List<ReceivedLine> listed = [.. lines.Where(l => !unlisted.Contains(l))];
        var leaf =
            listed.Count == 0
                ? 0
                : await ledger.AppendAsync(transaction, [.. listed.Select(l => Leaf(partner, l))], cancellation);
        return
        [
            .. lines.Select(l => new ReceivedEntry(
                l.Seq,
                l.Id,
                l.Sha256,
                l.Rejected,
                unlisted.Contains(l) ? null : leaf++
            )),
        ];
    }

    /// <summary>Null when the envelope is the next one.</summary>
    private static async Task<Outcome?> OrderAsync(
        Transaction transaction,
        string partner,
        OpenedEnvelope envelope,
        Chain chain,
        CancellationToken cancellation
    )
    {
        var first = envelope.Batch.First;
        if (first > chain.Next)
        {
            return new Outcome(new SequenceGap(chain.Next), null);
        }

        if (first == chain.Next && envelope.Batch.Prev == chain.Prev)
        {
            return null;
        }

        // Another instance of this node may have taken it a moment ago.
        var known = await ReceivedRows.FindAsync(transaction, partner, envelope.Sha256, cancellation);
        return known is null ? new Outcome(new HistoryForked(first), null) : new Outcome(null, known);
    }

    private async Task JudgeAsync(
        Transaction transaction,
        string partner,
        IReadOnlyList<ReceivedLine> lines,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        var taken = await ReceivedRows.KnownAsync(transaction, database.Dialect, lines, cancellation);
        foreach (var line in lines.Where(l => l.Rejected is null))
        {
            if (!taken.Add(line.Id))
            {
                // An id names one message for ever; another text under it is an attempt to rewrite.
                line.Rejected = Reason.Fork;
                await alarms.RaiseAsync(transaction, AlarmKind.MessageFork, partner, line.Id.ToString(), cancellation);
            }
        }

        await AskAsync(transaction, [.. lines.Where(l => l.Rejected is null)], at, cancellation);
    }

    private async Task AskAsync(
        Transaction transaction,
        IReadOnlyList<ReceivedLine> lines,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        IncomingMessage[] messages = [.. lines.Select(l => new IncomingMessage(l.Message!))]; // Not rejected: it was read.
        IReadOnlyList<IncomingMessage> left = messages;
        foreach (var reception in _receptions)
        {
            await reception.AcceptAsync(transaction, left, at, cancellation);
            left = [.. left.Where(message => message.Refusal is null)];
        }

        foreach (var (line, message) in lines.Zip(messages))
        {
            line.Rejected = message.Refusal is { } code ? ReasonWords.Parse(code) : null;
        }
    }

    private async Task KeepAsync(
        Transaction transaction,
        string partner,
        IReadOnlyList<ReceivedLine> lines,
        ReceivedEnvelope received,
        CancellationToken cancellation
    )
    {
        const int unranked = 1; // What is urgent among received messages is the exchange's to say.
        var kept = lines
            .Zip(received.Entries, (line, entry) => (Line: line, entry.Leaf))
            .Where(k => k.Line.Rejected is null)
            .Select(k => (k.Line, Leaf: k.Leaf!.Value)) // Not rejected: it has one.
            .ToList();
        var contents = await seal.SealAsync(transaction, [.. kept.Select(k => k.Line.Line)], cancellation);
        var rows = kept.Zip(
            contents,
            (k, content) =>
            {
                var (message, hash) = (k.Line.Message!, k.Line.Sha256); // Not rejected: it was read.
                const MessageDirection direction = MessageDirection.In;
                return (message, new MessageStanding(partner, direction, received.At, unranked, hash, k.Leaf, content));
            }
        );
        await MessageRows.InsertAsync(transaction, [.. rows], cancellation);
        await AttachmentRows.HeldAsync(transaction, kept.Select(k => k.Line.Message!), cancellation); // Kept: it was read.
        KeptMessage[] messages = [.. kept.Select(k => new KeptMessage(k.Line.Message!, k.Leaf))];
        foreach (var reception in _receptions)
        {
            await reception.KeptAsync(transaction, messages, received.At, cancellation);
        }
    }

    private static LedgerEvent Leaf(string partner, ReceivedLine line) =>
        new(
            partner,
            LedgerAction.Receive,
            $"message:{line.Id}",
            line.Rejected is { } reason ? $"rejected:{reason.Code()}" : line.Message!.Kind, // Not rejected: it was read.
            line.Sha256.ToString(),
            partner
        );

    /// <summary>Taken, or why not.</summary>
    internal sealed record Outcome(DeliveryRefusal? Refusal, ReceivedEnvelope? Received);
}
