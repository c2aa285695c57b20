using Entente.Node.Features.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Features.Corrections;

/// <summary>The small buttons of a correction's page.</summary>
internal static class CorrectionDoors
{
    public static void MapCorrectionDoors(this WebApplication app)
    {
        var one = app.MapGroup("/corrections/{id}").RequireAuthorization(nameof(Role.Officer));
        one.MapPost("/resend", ResendAsync);
        one.MapPost("/traces", TraceAsync);
    }

    private static async Task<IResult> ResendAsync(
        string id,
        [FromForm] string notice,
        HttpContext context,
        CorrectionDesk desk
    )
    {
        await desk.ResendAsync(Officer.From(context.User), id, notice, context.RequestAborted);
        return Results.LocalRedirect($"/corrections/{Uri.EscapeDataString(id)}");
    }

    private static async Task<IResult> TraceAsync(
        string id,
        [FromForm] string kind,
        [FromForm] string item,
        HttpContext context,
        CorrectionDesk desk
    )
    {
        await desk.TraceDoneAsync(Officer.From(context.User), id, kind, item, context.RequestAborted);
        return Results.LocalRedirect($"/corrections/{Uri.EscapeDataString(id)}#traces");
    }
}
