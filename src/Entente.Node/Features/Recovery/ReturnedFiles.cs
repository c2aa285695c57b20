using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>Files over 64 KiB of messages that came back: each chunk that is not here is asked for.</summary>
internal sealed class ReturnedFiles(AttachmentFiles files)
{
    /// <returns>Null when all that the partner still has is here.</returns>
    public async Task<string?> FetchAsync(
        LinkedPartner partner,
        IPartnerMemory memory,
        MessageDirection direction,
        ProvenEnvelope envelope,
        CancellationToken cancellation
    )
    {
        var side = direction == MessageDirection.Out ? AttachmentFiles.Outgoing : partner.Partner;
        var apart = envelope.Lines.SelectMany(l => l.Message?.Attachments ?? []);
        foreach (var file in apart.Where(a => a.Id is { } id && !files.IsComplete(side, id, a.Size)))
        {
            if (await FetchAsync(partner, memory, direction, side, file, cancellation) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private async Task<string?> FetchAsync(
        LinkedPartner partner,
        IPartnerMemory memory,
        MessageDirection direction,
        string side,
        Attachment file,
        CancellationToken cancellation
    )
    {
        var id = file.Id!.Value; // Only files that travel apart come here.
        var chunks = AttachmentChunks.Count(file.Size);
        for (var chunk = 0L; chunk < chunks; chunk++)
        {
            if (files.Has(side, id, chunk))
            {
                continue;
            }

            var reply = await memory.ChunkAsync(partner, direction, id, chunk, cancellation);
            if (reply.IsNotThere)
            {
                return null; // Erased there: what is erased does not come back.
            }

            if (reply.Value is not { } bytes)
            {
                return reply.Failure;
            }

            await files.WriteAsync(side, id, chunk, bytes, cancellation);
        }

        return null;
    }
}
