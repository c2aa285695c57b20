using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Writes message rows, each statement in the caller's transaction.</summary>
internal static class MessageRows
{
    public static Task InsertOutAsync(
        Transaction transaction,
        Message message,
        QueuedLine line,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO message (id, partner, direction, seq, kind, case_id, reply_to, from_unit, to_unit, sent, at,
                priority, state, state_at, classification_rank, handling, line_sha256, leaf, data_key, sealed)
            VALUES (@Id, @Partner, 'out', NULL, @Kind, @CaseId, @ReplyTo, @FromUnit, @ToUnit, @Sent, @At,
                @Priority, 'queued', @At, @ClassificationRank, @Handling, @LineSha256, @Leaf, @DataKey, @Sealed)
            """;
        var values = new
        {
            Id = message.Id.ToString(),
            Partner = message.To.Node.ToString(),
            message.Kind,
            CaseId = message.Case.ToString(),
            ReplyTo = message.ReplyTo?.ToString(),
            FromUnit = message.From.Unit,
            ToUnit = message.To.Unit,
            message.Sent,
            line.At,
            line.Priority,
            ClassificationRank = message.Classification.Rank,
            Handling = string.Join(',', message.Handling),
            LineSha256 = line.Sha256,
            line.Leaf,
            line.Content.DataKey,
            Sealed = line.Content.Bytes,
        };
        return transaction.RunAsync(sql, values, cancellation);
    }
}

/// <summary>What the row of a queued message holds beside the message itself.</summary>
internal sealed record QueuedLine(int Priority, DateTimeOffset At, string Sha256, long Leaf, SealedContent Content);
