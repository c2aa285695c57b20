using System.Security.Cryptography;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// Files on their way into and out of messages. Up to 64 KiB a file travels inside its message; a larger one is encrypted
/// at once, chunk by chunk, and only the message knows its key: erasing the message erases the file.
/// </summary>
internal sealed class AttachmentStore(AttachmentFiles files, Ids ids)
{
    /// <summary>5 GiB.</summary>
    public const long MaxSize = 5L * 1024 * AttachmentChunks.ChunkSize;

    /// <summary>Reads the file to its end and returns what the message must carry; null when it is larger than a node takes.</summary>
    public async Task<Attachment?> KeepAsync(string name, string type, Stream file, CancellationToken cancellation)
    {
        var chunk = new byte[AttachmentChunks.ChunkSize];
        var length = await file.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellation);
        if (length <= Attachment.MaxInline)
        {
            var content = chunk[..length];
            return new Attachment(name, type, length, Hash.Of(content)) { Content = content };
        }

        var id = Guid.Parse(ids.New());
        Attachment? kept = null;
        try
        {
            kept = await KeepApartAsync(
                new Attachment(name, type, 0, default) { Id = id },
                file,
                (chunk, length),
                cancellation
            );
            return kept;
        }
        finally
        {
            if (kept is null)
            {
                files.Delete(AttachmentFiles.Outgoing, id); // Too large, or whoever brought it hung up.
            }
        }
    }

    private async Task<Attachment?> KeepApartAsync(
        Attachment named,
        Stream file,
        (byte[] Chunk, int Length) begun,
        CancellationToken cancellation
    )
    {
        var (id, (chunk, length)) = (named.Id!.Value, begun); // Given by the caller.
        var key = AttachmentKey.Create();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var next = new byte[AttachmentChunks.ChunkSize];
        var size = 0L;
        for (var number = 0u; ; number++)
        {
            var following = await file.ReadAtLeastAsync(next, next.Length, throwOnEndOfStream: false, cancellation);
            var bytes = chunk.AsMemory(0, length);
            digest.AppendData(bytes.Span);
            size += length;
            if (size > MaxSize)
            {
                return null;
            }

            var sealedChunk = AttachmentChunks.Seal(bytes.Span, key, id, number, last: following == 0);
            await files.WriteAsync(AttachmentFiles.Outgoing, id, number, sealedChunk, cancellation);
            if (following == 0)
            {
                var sha256 = Hash.From(digest.GetHashAndReset());
                return named with { Size = size, Sha256 = sha256, Key = key };
            }

            (chunk, next, length) = (next, chunk, following);
        }
    }

    /// <summary>Forgets a file that no message took along.</summary>
    public void Discard(Guid id) => files.Delete(AttachmentFiles.Outgoing, id);

    /// <summary>Whether all of the file is on this node.</summary>
    public bool IsHere(StoredMessage message, Attachment attachment) =>
        attachment.Content is not null
        || (attachment.Id is { } id && files.IsComplete(Side(message), id, attachment.Size));

    /// <summary>
    /// Writes the file out, checking each chunk as it goes and the whole at the end. Null when all is well; a refusal may
    /// come after some of the file has been written.
    /// </summary>
    /// <param name="message">The message that carries the attachment, sent or received.</param>
    public async Task<Refusal?> CopyToAsync(
        StoredMessage message,
        Attachment attachment,
        Stream to,
        CancellationToken cancellation
    )
    {
        if (attachment.Content is { } inline)
        {
            await to.WriteAsync(inline, cancellation);
            return null;
        }

        if (attachment.Id is not { } id || attachment.Key is not { } key)
        {
            return new Refusal(Reason.BadEnvelope, "The attachment has neither content nor key.");
        }

        var side = Side(message);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunks = AttachmentChunks.Count(attachment.Size);
        for (var number = 0L; number < chunks; number++)
        {
            if (!files.Has(side, id, number))
            {
                return new Refusal(Reason.BadEnvelope, $"Chunk {number} is missing.");
            }

            using var chunk = await files.ReadAsync(side, id, number, cancellation);
            var last = number == chunks - 1;
            if (AttachmentChunks.OpenInPlace(chunk.Bytes.Span, key, id, (uint)number, last) is { } refusal)
            {
                return refusal;
            }

            var content = chunk.Bytes[..^AttachmentChunks.TagSize];
            digest.AppendData(content.Span);
            await to.WriteAsync(content, cancellation);
        }

        return Hash.From(digest.GetHashAndReset()) == attachment.Sha256
            ? null
            : new Refusal(Reason.BadSignature, "The file is not the one that the message names.");
    }

    private static string Side(StoredMessage message) =>
        message.Direction == MessageDirection.Out ? AttachmentFiles.Outgoing : message.Partner;
}
