using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// The door through which messages leave. When the caller's transaction commits, the message is sent as far as the
/// officer is concerned: it is durable here and the courier does not rest until the partner's receipt is.
/// </summary>
internal sealed class Outbox(
    ContentSeal seal,
    LedgerLog ledger,
    CourierSignals signals,
    NodeOptions options,
    TimeProvider clock
)
{
    /// <summary>Longest message line in bytes, inline attachments included.</summary>
    public const int MaxLine = Envelope.MaxContent - 64;

    /// <param name="message">From this node to a linked partner, with seq 0.</param>
    /// <param name="priority">0 leaves first; a message overtakes whatever is not yet sealed.</param>
    /// <param name="actor">Login of the officer who discloses, for the ledger.</param>
    /// <returns>The index of the `disclose` leaf.</returns>
    /// <exception cref="ArgumentException">The message is not one that this node can send: a bug of the caller.</exception>
    public async Task<long> EnqueueAsync(
        Transaction transaction,
        Message message,
        int priority,
        string actor,
        CancellationToken cancellation
    )
    {
        var line = message.ToLine();
        await CheckAsync(transaction, message, line, cancellation);
        var hash = Hash.Of(line);
        var partner = message.To.Node.ToString();
        var id = message.Id.ToString();
        var leaf = await ledger.AppendAsync(
            transaction,
            new LedgerEvent(actor, LedgerAction.Disclose, $"message:{id}", message.Kind, hash.ToString(), partner),
            cancellation
        );
        var content = await seal.SealAsync(transaction, line, cancellation);
        var standing = new MessageStanding(
            partner,
            MessageDirection.Out,
            clock.GetUtcNow(),
            priority,
            hash,
            leaf,
            content
        );
        await MessageRows.InsertAsync(transaction, [(message, standing)], cancellation);
        await AttachmentRows.AwaitAsync(transaction, message, cancellation);
        transaction.AfterCommit(() => signals.Wake(partner, urgent: priority == 0));
        return leaf;
    }

    /// <summary>The same for what the node says by itself, such as progress.</summary>
    public Task<long> EnqueueAsync(
        Transaction transaction,
        Message message,
        int priority,
        CancellationToken cancellation
    ) => EnqueueAsync(transaction, message, priority, Officer.NodeActor, cancellation);

    private async Task CheckAsync(Transaction transaction, Message message, byte[] line, CancellationToken cancellation)
    {
        var fault = message switch
        {
            { Seq: not 0 } => "its seq is given at sealing, not before",
            _ when message.From.Node.ToString() != options.Node => "it is not from this node",
            _ when !Kinds.IsKnown(message.Kind) => $"its kind '{message.Kind}' is unknown",
            _ when line.Length > MaxLine => $"it has {line.Length} bytes; the most is {MaxLine}",
            _ when message.Attachments?.Any(a => a.Content is null && (a.Id is null || a.Key is null)) == true =>
                "an attachment has neither content nor key",
            _ => Message.Parse(line).Refusal?.Detail,
        };
        const string sql = "SELECT state FROM link WHERE partner = @Partner";
        var partner = new { Partner = message.To.Node.ToString() };
        var state = await transaction.OneAsync<string>(sql, partner, cancellation);
        fault ??= state is null or "pending" ? $"there is no link to {message.To.Node}" : null;
        if (fault is not null)
        {
            throw new ArgumentException($"Message {message.Id} cannot leave: {fault}.", nameof(message));
        }
    }
}
