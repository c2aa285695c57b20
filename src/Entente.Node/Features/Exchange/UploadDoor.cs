using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Pages;
using Entente.Node.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// `POST /drafts/files?name=`: a file streams in beside its form and is encrypted as it comes, however large; the form then
/// names it. Nothing of it is ever whole in memory or in the clear on disk.
/// </summary>
internal static class UploadDoor
{
    public static void MapUploads(this WebApplication app) =>
        app.MapPost(PagesRegistration.Uploads, TakeAsync).RequireAuthorization(nameof(Role.Officer));

    private static async Task<IResult> TakeAsync(
        HttpContext context,
        string name,
        IAntiforgery antiforgery,
        DraftFiles drafts,
        Labels labels
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
        {
            return Results.BadRequest();
        }

        if (context.Request.ContentLength is not { } length)
        {
            return Results.StatusCode(StatusCodes.Status411LengthRequired);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = DraftLimits.LargestFile;
        }

        var kept = await drafts.KeepAsync(
            Officer.From(context.User),
            name,
            context.Request.ContentType?.Split(';')[0].Trim() ?? "",
            length,
            context.Request.Body,
            context.RequestAborted
        );
        return kept is null
            ? Results.StatusCode(StatusCodes.Status413PayloadTooLarge)
            : Results.Json(
                new
                {
                    id = kept.Id,
                    name = kept.File.Name,
                    size = FileSize.Of(labels, kept.File.Size),
                }
            );
    }
}
