using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Features.Accounts;

/// <summary>`POST /sign-out`: ends this browser's session.</summary>
internal static class SignOutDoor
{
    /// <param name="unused">Reading the form makes the endpoint check its token.</param>
    public static async Task<IResult> EndAsync(
        [FromForm(Name = "__unused")] string? unused,
        HttpContext context,
        AccountStore store,
        OwnAccount own,
        CancellationToken cancellation
    )
    {
        _ = unused;
        var officer = Officer.From(context.User);
        if (
            context.User.FindFirst(SessionCookie.SessionClaim)?.Value is { } session
            && await store.FindByIdAsync(officer.Id, cancellation) is { } account
        )
        {
            await own.EndSessionAsync(account, session, cancellation);
        }

        await context.SignOutAsync(IdentityConstants.ApplicationScheme);
        return TypedResults.LocalRedirect("/sign-in");
    }
}
