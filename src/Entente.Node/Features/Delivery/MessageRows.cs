using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Writes message rows, each statement in the caller's transaction.</summary>
internal static class MessageRows
{
    private const string Insert = """
        INSERT INTO message (id, partner, direction, seq, kind, case_id, reply_to, from_unit, to_unit, sent, at,
            priority, state, state_at, delivered, classification_rank, handling, line_sha256, leaf, data_key, sealed)
        VALUES (@Id, @Partner, @Direction, @Seq, @Kind, @CaseId, @ReplyTo, @FromUnit, @ToUnit, @Sent, @At,
            @Priority, @State, @At, @Delivered, @ClassificationRank, @Handling, @LineSha256, @Leaf, @DataKey, @Sealed)
        """;

    private static readonly string[] Columns =
    [
        "Id",
        "Partner",
        "Direction",
        "Seq",
        "Kind",
        "CaseId",
        "ReplyTo",
        "FromUnit",
        "ToUnit",
        "Sent",
        "At",
        "Priority",
        "State",
        "Delivered",
        "ClassificationRank",
        "Handling",
        "LineSha256",
        "Leaf",
        "DataKey",
        "Sealed",
    ];

    /// <summary>Whoever else does this to the message waits until the transaction has ended.</summary>
    public static Task<int> HoldAsync(Transaction transaction, string id, CancellationToken cancellation)
    {
        const string sql = "UPDATE message SET state_at = state_at WHERE id = @Id";
        return transaction.RunAsync(sql, new { Id = id }, cancellation);
    }

    /// <param name="rows">Each message with what its row holds beside it.</param>
    public static Task InsertAsync(
        Transaction transaction,
        IReadOnlyList<(Message Message, MessageStanding Standing)> rows,
        CancellationToken cancellation
    ) =>
        Bulk.ExecuteAsync(
            transaction,
            Insert,
            Columns,
            [.. rows.Select(row => Values(row.Message, row.Standing))],
            cancellation
        );

    private static object?[] Values(Message message, MessageStanding standing) =>
        [
            message.Id.ToString(),
            standing.Partner,
            MessageStore.Name(standing.Direction),
            message.Seq == 0 ? null : message.Seq,
            message.Kind,
            message.Case.ToString(),
            message.ReplyTo?.ToString(),
            message.From.Unit,
            message.To.Unit,
            message.Sent.ToUnixTimeMilliseconds(),
            standing.At.ToUnixTimeMilliseconds(),
            standing.Priority,
            standing.Direction == MessageDirection.Out ? "queued" : "received",
            standing.Direction == MessageDirection.Out ? null : standing.At.ToUnixTimeMilliseconds(),
            message.Classification.Rank,
            string.Join(',', message.Handling),
            standing.LineSha256.ToString(),
            standing.Leaf,
            standing.Content.DataKey,
            standing.Content.Bytes,
        ];
}

/// <summary>What the row of a message new to this node holds beside the message itself.</summary>
internal sealed record MessageStanding(
    string Partner,
    MessageDirection Direction,
    DateTimeOffset At,
    int Priority,
    Hash LineSha256,
    long Leaf,
    SealedContent Content
);
