using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Features.Accounts;

/// <summary>What the browser's passkey dialogue needs before the form is sent: options as JSON, from two small doors.</summary>
internal static class PasskeyDoors
{
    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost("/account/passkeys/options", ForNewAsync);
        app.MapPost("/sign-in/passkey/options", ForSignInAsync).AllowAnonymous();
    }

    /// <param name="unused">Reading the form makes the endpoint check its token.</param>
    private static async Task<IResult> ForNewAsync(
        [FromForm(Name = "__unused")] string? unused,
        HttpContext context,
        SignInManager<Account> manager
    )
    {
        _ = unused;
        var officer = Officer.From(context.User);
        var options = await manager.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity
            {
                Id = officer.Id,
                Name = officer.Login,
                DisplayName = officer.Name,
            }
        );
        return TypedResults.Content(options, "application/json");
    }

    /// <param name="unused">Reading the form makes the endpoint check its token.</param>
    private static async Task<IResult> ForSignInAsync(
        [FromForm(Name = "__unused")] string? unused,
        HttpContext context,
        SignInManager<Account> manager,
        AddressLimit limit
    )
    {
        _ = unused;
        return limit.Allows(Visitor.From(context).Address)
            ? TypedResults.Content(await manager.MakePasskeyRequestOptionsAsync(null), "application/json")
            : TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
    }
}
