using Entente.Node.Features.Accounts;
using Entente.Node.Web;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Features.Protection;

/// <summary>The forms of the protection page.</summary>
internal static class ProtectionDoors
{
    public static void MapProtection(this WebApplication app)
    {
        var persons = app.MapGroup("/protection/persons")
            .RequireAuthorization(nameof(Role.Protection))
            .RequireFormToken();
        persons.MapPost("", PlaceAsync);
        persons.MapPost("/{id}/lift", LiftAsync);
        app.MapSafeguards();
    }

    private static async Task<IResult> PlaceAsync(
        [FromForm] string? names,
        [FromForm] string? origin,
        [FromForm] string? remark,
        HttpContext context,
        ProtectionDesk desk
    )
    {
        var officer = Officer.From(context.User);
        var error = await desk.PlaceAsync(officer, names, origin, remark, context.RequestAborted);
        return Page(error?.Code ?? "placed");
    }

    private static async Task<IResult> LiftAsync(string id, HttpContext context, ProtectionDesk desk)
    {
        var error = await desk.LiftAsync(Officer.From(context.User), id, context.RequestAborted);
        return Page(error?.Code ?? "lifted");
    }

    private static IResult Page(string said) => Results.LocalRedirect($"/protection/persons?said={said}");
}
