using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>Which files travel apart, for which message, and how far they are.</summary>
internal static class AttachmentRows
{
    /// <summary>The message waits unsealed until the chunks of its files are with the partner.</summary>
    public static async Task AwaitAsync(Transaction transaction, Message message, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO attachment (id, partner, direction, message_id, chunks, done, state)
            VALUES (@Id, @Partner, 'out', @Message, @Chunks, 0, 'sending')
            """;
        foreach (var attachment in message.Attachments ?? [])
        {
            if (attachment.Id is { } id)
            {
                var values = new
                {
                    Id = id.ToString(),
                    Partner = message.To.Node.ToString(),
                    Message = message.Id.ToString(),
                    Chunks = AttachmentChunks.Count(attachment.Size),
                };
                await transaction.RunAsync(sql, values, cancellation);
            }
        }
    }
}
