using System.Globalization;
using System.Security.Claims;
using Entente.Node.Web.Live;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>The session's cookie carries the token and nothing else; who that is comes from the tables at each request.</summary>
internal sealed class SessionCookie(SessionBook sessions) : CookieAuthenticationEvents
{
    public const string SessionClaim = "entente:session";
    private const string TokenClaim = "entente:token";

    public static Task SignInAsync(HttpContext context, string token)
    {
        var identity = new ClaimsIdentity([new Claim(TokenClaim, token)], IdentityConstants.ApplicationScheme);
        return context.SignInAsync(IdentityConstants.ApplicationScheme, new ClaimsPrincipal(identity));
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        var token = context.Principal?.FindFirstValue(TokenClaim);
        var byPerson = !LiveEndpoint.IsByItself(context.Request);
        var live = token is null
            ? null
            : await sessions.CheckAsync(token, byPerson, Acts(context.Request), context.HttpContext.RequestAborted);
        if (live is null)
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
            return;
        }

        context.ReplacePrincipal(Principal(live.Value.Account, live.Value.Session.Id));
    }

    /// <summary>What changes something is judged by the account as it is now, whichever instance changed it.</summary>
    private static bool Acts(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    internal static ClaimsPrincipal Principal(Account account, string session)
    {
        var identity = new ClaimsIdentity(IdentityConstants.ApplicationScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, account.Id));
        identity.AddClaim(new Claim(ClaimTypes.Name, account.Login));
        identity.AddClaim(new Claim(Officer.NameClaim, account.Name));
        identity.AddClaim(new Claim(Officer.UnitClaim, account.Unit));
        identity.AddClaim(new Claim(Officer.ClearanceClaim, account.Clearance.ToString(CultureInfo.InvariantCulture)));
        identity.AddClaim(new Claim(SessionClaim, session));
        identity.AddClaims(account.Roles.Select(role => new Claim(ClaimTypes.Role, role.ToString())));
        return new ClaimsPrincipal(identity);
    }

    /// <summary>A page goes to the sign-in form; a script's request gets the plain status.</summary>
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        var wantsPage =
            context.Request.GetTypedHeaders().Accept is not { Count: > 0 } accept
            || accept.Any(a => a.MatchesMediaType("text/html"));
        if (wantsPage)
        {
            return base.RedirectToLogin(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
