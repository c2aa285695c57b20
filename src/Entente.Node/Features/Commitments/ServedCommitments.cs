using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Commitments;

/// <summary>Notes which commitments a message serves, as it leaves and as it comes: nobody counts by hand.</summary>
internal sealed class ServedCommitments(TimeProvider clock) : IReception, IDispatchWatcher, IForgottenSending
{
    public async Task AcceptAsync(
        Transaction transaction,
        IReadOnlyList<IncomingMessage> messages,
        DateTimeOffset receivedAt,
        CancellationToken cancellation
    )
    {
        foreach (var incoming in messages.Where(m => m.Refusal is null))
        {
            await NoteAsync(transaction, incoming.Message, "in", receivedAt, cancellation);
        }
    }

    public async Task DispatchedAsync(
        Transaction transaction,
        IReadOnlyList<Message> messages,
        CancellationToken cancellation
    )
    {
        foreach (var message in messages)
        {
            await NoteAsync(transaction, message, "out", clock.GetUtcNow(), cancellation);
        }
    }

    public Task SentAsync(
        Transaction transaction,
        Message message,
        DateTimeOffset at,
        CancellationToken cancellation
    ) => NoteAsync(transaction, message, "out", message.Sent, cancellation);

    private static async Task NoteAsync(
        Transaction transaction,
        Message message,
        string direction,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        // Whoever reads joins the record: a partner may name its own, and a text in force may enter it a moment later.
        const string sql = """
            INSERT INTO commitment_service (commitment, message, kind, direction, partner, rank, at)
            VALUES (@Commitment, @Message, @Kind, @Direction, @Partner, @Rank, @At)
            ON CONFLICT DO NOTHING
            """;
        var partner = direction == "out" ? message.To.Node : message.From.Node;
        foreach (var commitment in (message.Serves ?? []).Distinct().Take(100))
        {
            var row = new
            {
                Message = message.Id.ToString(),
                message.Kind,
                Direction = direction,
                Partner = partner.ToString(),
                message.Classification.Rank,
                At = at,
                Commitment = commitment.ToString(),
            };
            await transaction.RunAsync(sql, row, cancellation);
        }
    }
}
