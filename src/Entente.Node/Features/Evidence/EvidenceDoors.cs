using Entente.Node.Features.Accounts;
using Entente.Node.Web;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Features.Evidence;

/// <summary>The button of the evidence page: a file to keep, or back to the page with why not.</summary>
internal static class EvidenceDoors
{
    public static void MapEvidenceDoors(this WebApplication app) =>
        app.MapGroup("/cases/{id}/evidence")
            .RequireFormToken()
            .MapPost("/{message}", MakeAsync)
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Officer), nameof(Role.Supervisor)));

    /// <param name="anyway">Also without the partner's ledger proof.</param>
    private static async Task<IResult> MakeAsync(
        string id,
        string message,
        [FromForm] bool? anyway,
        HttpContext context,
        EvidenceDesk desk
    )
    {
        var officer = Officer.From(context.User);
        var result = await desk.MakeAsync(officer, message, anyway ?? false, context.RequestAborted);
        var page = $"/cases/{Uri.EscapeDataString(id)}/evidence/{Uri.EscapeDataString(message)}";
        return result switch
        {
            EvidenceResult.Made made => Results.File(made.File.ToJson(), "application/octet-stream", NameOf(message)),
            EvidenceResult.Incomplete incomplete => Results.LocalRedirect($"{page}?missing={incomplete.Failure}"),
            EvidenceResult.Unknown => Results.NotFound(),
            _ => Results.LocalRedirect(page), // It says why.
        };
    }

    internal static string NameOf(string message) => $"evidence-{message}.json";
}
