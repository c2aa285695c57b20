using System.Globalization;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// `GET/PUT /link/1/attachments/{id}/{chunk}`: the sender puts the chunks; `GET /link/1/attachments/{id}`: after an
/// interruption it asks which are here.
/// </summary>
internal sealed class AttachmentDoor(AttachmentFiles files, HeldChunks held)
{
    public const int MostBytes = AttachmentChunks.ChunkSize + AttachmentChunks.TagSize;

    /// <summary>5 GiB.</summary>
    public const long MostChunks = 5 * 1024;
    private const string Content = "application/octet-stream";

    /// <returns>Why not, or null when the answer is written.</returns>
    public async Task<DeliveryRefusal?> ServeAsync(HttpContext context, string partner, PathString rest)
    {
        if (IsFile(rest, out var file) && HttpMethods.IsGet(context.Request.Method))
        {
            var ranges = files.Held(partner, file).Select(range => new[] { range.First, range.Last });
            await context.Response.WriteAsJsonAsync(new { held = ranges }, context.RequestAborted);
            return null;
        }

        if (!TryParse(rest, out var id, out var chunk))
        {
            return new NoSuchResource();
        }

        if (HttpMethods.IsPut(context.Request.Method))
        {
            return await PutAsync(context, partner, id, chunk);
        }

        if (!files.Has(partner, id, chunk))
        {
            return new NoSuchResource();
        }

        context.Response.ContentType = Content;
        await context.Response.SendFileAsync(files.PathOf(partner, id, chunk), context.RequestAborted);
        return null;
    }

    private async Task<DeliveryRefusal?> PutAsync(HttpContext context, string partner, Guid id, long chunk)
    {
        if (context.Request.ContentType != Content)
        {
            return new WrongContentType(Content);
        }

        if (chunk >= MostChunks)
        {
            return new BodyTooLarge(MostChunks * AttachmentChunks.ChunkSize);
        }

        var (body, refusal) = await WholeBody.ReadAsync(context.Request, MostBytes, context.RequestAborted);
        if (body is null)
        {
            return refusal;
        }

        using (body)
        {
            if (!await TakeAsync(partner, id, chunk, body.Bytes, context.RequestAborted))
            {
                return new QuotaReached();
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    /// <summary>Puts a chunk where its file is gathered, from the wire or a carrier.</summary>
    /// <returns>False when the partner has filled what it may.</returns>
    public async Task<bool> TakeAsync(
        string partner,
        Guid id,
        long chunk,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellation
    )
    {
        var there = files.Length(partner, id, chunk);
        if (there is not null && await held.IsNamedAsync(partner, id, cancellation))
        {
            return true; // What a message was taken with does not change any more.
        }

        // One that comes again may be larger than it was.
        var more = AttachmentFiles.Counted(bytes.Length) - (there is { } length ? AttachmentFiles.Counted(length) : 0);
        if (more > 0 && !await held.TryAddAsync(partner, id, more, cancellation))
        {
            return false;
        }

        await files.WriteAsync(partner, id, chunk, bytes, cancellation);
        return true;
    }

    private static bool IsFile(PathString rest, out Guid id)
    {
        id = Guid.Empty;
        return (rest.Value ?? "").Split('/') is ["", var name] && Guid.TryParseExact(name, "D", out id);
    }

    private static bool TryParse(PathString rest, out Guid id, out long chunk)
    {
        (id, chunk) = (Guid.Empty, 0);
        var parts = (rest.Value ?? "").Split('/');
        return parts is ["", var name, var number]
            && Guid.TryParseExact(name, "D", out id)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out chunk);
    }
}
