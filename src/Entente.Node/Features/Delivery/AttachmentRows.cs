using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Which files travel apart, for which message, and how far they are.</summary>
internal static class AttachmentRows
{
    private const string Insert = """
        INSERT INTO attachment (id, partner, direction, message_id, chunks, done, state)
        VALUES (@Id, @Partner, @Direction, @Message, @Chunks, @Done, @State)
        """;

    private static readonly string[] Columns = ["Id", "Partner", "Direction", "Message", "Chunks", "Done", "State"];

    /// <summary>A message waits unsealed until the chunks of its files are with the partner.</summary>
    public static Task AwaitAsync(
        Transaction transaction,
        IEnumerable<Message> messages,
        CancellationToken cancellation
    )
    {
        var rows = messages
            .SelectMany(m => Apart(m).Select(a => Row(a, m, m.To.Node, "out", done: 0, "sending")))
            .ToList();
        return Bulk.ExecuteAsync(transaction, Insert, Columns, rows, cancellation);
    }

    /// <summary>Received messages' files, which are complete before the envelope is taken.</summary>
    public static Task HeldAsync(Transaction transaction, IEnumerable<Message> messages, CancellationToken cancellation)
    {
        var rows = messages
            .SelectMany(m => Apart(m).Select(a => Row(a, m, m.From.Node, "in", AttachmentChunks.Count(a.Size), "held")))
            .ToList();
        return Bulk.ExecuteAsync(transaction, Insert, Columns, rows, cancellation);
    }

    private static IEnumerable<Attachment> Apart(Message message) =>
        message.Attachments?.Where(a => a.Id is not null).DistinctBy(a => a.Id) ?? [];

    private static object?[] Row(
        Attachment attachment,
        Message message,
        NodeId partner,
        string direction,
        long done,
        string state
    ) =>
        [
            attachment.Id.ToString(),
            partner.ToString(),
            direction,
            message.Id.ToString(),
            AttachmentChunks.Count(attachment.Size),
            done,
            state,
        ];
}
