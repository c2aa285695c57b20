using Entente.Node.Features.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Features.Exchange.Deadlines;

internal static class DeadlineDoors
{
    public static void MapDeadlines(this WebApplication app) =>
        app.MapPost("/alerts/take-over", TakeOverAsync).RequireAuthorization(nameof(Role.Officer));

    private static async Task<IResult> TakeOverAsync(
        [FromForm] string request,
        HttpContext context,
        AlertBook alerts,
        TakeOver takeOver
    )
    {
        var officer = Officer.From(context.User);
        var row = await alerts.StandsInAsync(officer, request, context.RequestAborted);
        return row is not null && await takeOver.TakeAsync(officer, request, context.RequestAborted)
            ? Results.LocalRedirect($"/cases/{row.CaseId}")
            : Results.LocalRedirect("/inbox");
    }
}
