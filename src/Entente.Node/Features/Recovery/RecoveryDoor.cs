using System.Globalization;
using System.Text.Json;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Links;
using Entente.Protocol;

namespace Entente.Node.Features.Recovery;

/// <summary>`/link/1/recovery`: what a partner that lost its memory may ask us, and tell us. Always only of its own link.</summary>
internal sealed class RecoveryDoor(RecoveryShelf shelf, Restorations restorations, AttachmentFiles files)
{
    private const int MostDeclaration = 64 * 1024;
    private const string Jose = "application/jose";

    /// <returns>Why not, or null when the answer is written.</returns>
    public async Task<DeliveryRefusal?> ServeAsync(HttpContext context, LinkedPartner partner, PathString rest)
    {
        var cancellation = context.RequestAborted;
        var parts = (rest.Value ?? "").Trim('/').Split('/');
        switch (context.Request.Method, parts)
        {
            case ("GET", [""]):
                return await WriteAsync(context, await shelf.StandingAsync(partner.Partner, cancellation));
            case ("POST", [""]):
                return await DeclareAsync(context, partner);
            case ("GET", ["sent" or "received", var first]) when TryNumber(first, out var number):
                var side = parts[0] == "sent" ? MessageDirection.In : MessageDirection.Out;
                var returned = await shelf.FindAsync(partner, side, number, cancellation);
                return returned is null ? new NoSuchResource() : await WriteAsync(context, returned);
            case ("GET", ["files", "sent" or "received", var id, var chunk])
                when Guid.TryParseExact(id, "D", out var file) && TryNumber(chunk, out var number):
                return await FileAsync(context, partner.Partner, parts[1] == "sent", file, number);
            default:
                return new NoSuchResource();
        }
    }

    private async Task<DeliveryRefusal?> DeclareAsync(HttpContext context, LinkedPartner partner)
    {
        if (context.Request.ContentType != Jose)
        {
            return new WrongContentType(Jose);
        }

        var (body, refusal) = await WholeBody.ReadAsync(context.Request, MostDeclaration, context.RequestAborted);
        if (body is null)
        {
            return refusal;
        }

        using (body)
        {
            var jws = System.Text.Encoding.ASCII.GetString(body.Bytes.Span);
            if (!await restorations.TakeAsync(partner, jws, CancellationToken.None))
            {
                return new RestorationRefused();
            }
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    private async Task<DeliveryRefusal?> FileAsync(HttpContext context, string partner, bool sent, Guid id, long chunk)
    {
        var side = sent ? partner : AttachmentFiles.Outgoing;
        if (!files.Has(side, id, chunk) || !(sent || await shelf.WasSentFileAsync(partner, id, context.RequestAborted)))
        {
            return new NoSuchResource();
        }

        context.Response.ContentType = "application/octet-stream";
        await context.Response.SendFileAsync(files.PathOf(side, id, chunk), context.RequestAborted);
        return null;
    }

    private static async Task<DeliveryRefusal?> WriteAsync<T>(HttpContext context, T answer)
    {
        context.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(context.Response.Body, answer, Wire.Json, context.RequestAborted);
        return null;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}

/// <summary>It does not name the head that we witnessed last, or is not the partner's.</summary>
internal sealed record RestorationRefused()
    : DeliveryRefusal(409, "restoration", "This declaration is not about the last head witnessed here.");

/// <summary>This node asks the partner what it has forgotten; nothing is sent or taken until then.</summary>
internal sealed record StillRecovering()
    : DeliveryRefusal(503, "recovering", "This node was restored and is still asking what it has forgotten.");
