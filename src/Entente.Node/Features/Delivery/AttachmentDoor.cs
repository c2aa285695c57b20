using System.Globalization;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// `GET/PUT /link/1/attachments/{id}/{chunk}`: the sender puts the chunks, and after an interruption asks which are here.
/// </summary>
internal sealed class AttachmentDoor(AttachmentFiles files)
{
    public const int MostBytes = AttachmentChunks.ChunkSize + AttachmentChunks.TagSize;

    /// <summary>5 GiB.</summary>
    public const long MostChunks = 5 * 1024;
    private const string Content = "application/octet-stream";

    /// <returns>Why not, or null when the answer is written.</returns>
    public async Task<DeliveryRefusal?> ServeAsync(HttpContext context, string partner, PathString rest)
    {
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
            await files.WriteAsync(partner, id, chunk, body.Bytes, context.RequestAborted);
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
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
