using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
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
    LinkDirectory links,
    NodeOptions options,
    TimeProvider clock,
    IEnumerable<IDispatchWatcher> watchers
)
{
    private readonly IDispatchWatcher[] _watchers = [.. watchers];

    /// <summary>Longest message line in bytes, inline attachments included.</summary>
    public const int MaxLine = Envelope.MaxContent - 64;

    /// <summary>Sends one message.</summary>
    /// <param name="message">From this node to a linked partner, with seq 0.</param>
    /// <param name="priority">0 leaves first; a message overtakes whatever is not yet sealed.</param>
    /// <param name="actor">Login of the officer who discloses, for the ledger.</param>
    /// <returns>The index of the `disclose` leaf.</returns>
    /// <exception cref="ArgumentException">The message is not one that this node can send: a bug of the caller.</exception>
    public Task<long> EnqueueAsync(
        Transaction transaction,
        Message message,
        int priority,
        string actor,
        CancellationToken cancellation
    ) => EnqueueAsync(transaction, [message], priority, actor, cancellation);

    /// <summary>The same for what the node says by itself, such as progress.</summary>
    public Task<long> EnqueueAsync(
        Transaction transaction,
        Message message,
        int priority,
        CancellationToken cancellation
    ) => EnqueueAsync(transaction, [message], priority, Officer.NodeActor, cancellation);

    /// <summary>The same for many messages at once; returns the first one's leaf, the others' follow it.</summary>
    public async Task<long> EnqueueAsync(
        Transaction transaction,
        IReadOnlyList<Message> messages,
        int priority,
        string actor,
        CancellationToken cancellation
    )
    {
        messages = await JudgedAsync(messages, cancellation);
        var lines = messages.Select(message => new QueuedLine(message, message.ToLine())).ToList();
        await CheckAsync(transaction, lines, cancellation);
        var leaf = await ledger.AppendAsync(transaction, [.. lines.Select(l => l.Leaf(actor))], cancellation);
        await QueueAsync(transaction, lines, priority, clock.GetUtcNow(), leaf, cancellation);
        await TellAsync(transaction, messages, cancellation);
        return leaf;
    }

    private async Task TellAsync(
        Transaction transaction,
        IReadOnlyList<Message> messages,
        CancellationToken cancellation
    )
    {
        foreach (var watcher in _watchers)
        {
            await watcher.DispatchedAsync(transaction, messages, cancellation);
        }
    }

    /// <summary>
    /// The leaf of a message that leaves later, or is held, and all that follows from it inside the house.
    /// </summary>
    /// <returns>The message as it is final, and its leaf.</returns>
    public async Task<(Message Message, long Leaf)> PromiseAsync(
        Transaction transaction,
        Message message,
        string actor,
        CancellationToken cancellation
    )
    {
        var final = await JudgedAsync(message, cancellation);
        var line = new QueuedLine(final, final.ToLine());
        var leaf = await ledger.AppendAsync(transaction, line.Leaf(actor), cancellation);
        await TellAsync(transaction, [final], cancellation);
        return (final, leaf);
    }

    /// <summary>Sends what was promised.</summary>
    /// <param name="at">When it was.</param>
    public async Task SendPromisedAsync(
        Transaction transaction,
        Message message,
        int priority,
        DateTimeOffset at,
        long leaf,
        CancellationToken cancellation
    )
    {
        List<QueuedLine> lines = [new(message, message.ToLine())];
        await CheckAsync(transaction, lines, cancellation);
        await QueueAsync(transaction, lines, priority, at, leaf, cancellation);
    }

    private async Task QueueAsync(
        Transaction transaction,
        IReadOnlyList<QueuedLine> lines,
        int priority,
        DateTimeOffset at,
        long leaf,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<Message> messages = [.. lines.Select(l => l.Message)];
        var contents = await seal.SealAsync(transaction, [.. lines.Select(l => l.Bytes)], cancellation);
        var rows = lines.Select((l, i) => (l.Message, l.Standing(at, priority, leaf + i, contents[i])));
        await MessageRows.InsertAsync(transaction, [.. rows], cancellation);
        await AttachmentRows.AwaitAsync(transaction, messages, cancellation);
        foreach (var partner in lines.Select(l => l.Partner).Distinct())
        {
            transaction.AfterCommit(() => signals.Wake(partner, urgent: priority == 0));
        }
    }

    /// <summary>Each message says by which version of the link's terms it was judged.</summary>
    private async Task<IReadOnlyList<Message>> JudgedAsync(
        IReadOnlyList<Message> messages,
        CancellationToken cancellation
    )
    {
        var judged = new List<Message>(messages.Count);
        foreach (var message in messages)
        {
            judged.Add(await JudgedAsync(message, cancellation));
        }

        return judged;
    }

    public async Task<Message> JudgedAsync(Message message, CancellationToken cancellation)
    {
        var link = await links.FindAsync(message.To.Node.ToString(), cancellation);
        return link is null ? message : JudgedBy.Stamp(message, link.Settings);
    }

    private async Task CheckAsync(
        Transaction transaction,
        IReadOnlyList<QueuedLine> lines,
        CancellationToken cancellation
    )
    {
        const string sql = "SELECT state FROM link WHERE partner = @Partner";
        foreach (var partner in lines.Select(l => l.Partner).Distinct())
        {
            var state = await transaction.OnceAsync<string>(sql, new { Partner = partner }, cancellation);
            if (state is null or "pending")
            {
                throw new ArgumentException($"There is no link to {partner}.", nameof(lines));
            }
        }

        foreach (var line in lines)
        {
            if (Fault(line) is { } fault)
            {
                throw new ArgumentException($"Message {line.Message.Id} cannot leave: {fault}.", nameof(lines));
            }
        }
    }

    private string? Fault(QueuedLine line) =>
        line.Message switch
        {
            { Seq: not 0 } => "its seq is given at sealing, not before",
            { From: var from } when from.Node.ToString() != options.Node => "it is not from this node",
            { Kind: var kind } when !Kinds.IsKnown(kind) => $"its kind '{kind}' is unknown",
            _ when line.Bytes.Length > MaxLine => $"it has {line.Bytes.Length} bytes; the most is {MaxLine}",
            { Attachments: { } files } when files.Any(a => a.Content is null && (a.Id is null || a.Key is null)) =>
                "an attachment has neither content nor key",
            var message => message.Fault(line.Bytes.Span),
        };

    /// <summary>A message on its way into the outbox, with the line that is stored until it has its seq.</summary>
    private sealed record QueuedLine(Message Message, ReadOnlyMemory<byte> Bytes)
    {
        private readonly Hash _hash = Hash.Of(Bytes.Span);

        public string Partner { get; } = Message.To.Node.ToString();

        public LedgerEvent Leaf(string actor) =>
            new(actor, LedgerAction.Disclose, $"message:{Message.Id}", Message.Kind, _hash.ToString(), Partner);

        public MessageStanding Standing(DateTimeOffset at, int priority, long leaf, SealedContent content) =>
            new(Partner, MessageDirection.Out, at, priority, _hash, leaf, content);
    }
}
