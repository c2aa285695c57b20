using Entente.Node.Features.Accounts;
using Entente.Node.Features.Derivations;
using Entente.Node.Web;
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
        app.MapGroup("/derived").RequireFormToken().RequireAuthorization().MapPost("/{id:guid}/seen", SeenAsync);
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

    private static async Task<IResult> SeenAsync(
        Guid id,
        [FromForm] string back,
        HttpContext context,
        DerivationBook book
    )
    {
        await book.SeenAsync(Officer.From(context.User), id.ToString(), context.RequestAborted);
        return Results.LocalRedirect(back.StartsWith("/briefing/", StringComparison.Ordinal) ? back : "/corrections");
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
