using System.Security.Claims;
using Entente.Node.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>Carries a sign-in from page to page: a ten-minute cookie says which account and how far it came.</summary>
internal sealed class SignInFlow(AccountStore store)
{
    private const string StampClaim = "entente:stamp";
    private const string FactorClaim = "entente:factor";

    /// <summary>Writes the cookie that the step asks for and returns the page to go to; null where nothing goes on.</summary>
    public static async Task<string?> ContinueAsync(
        HttpContext context,
        CookieNames names,
        SignInStep step,
        string? wanted,
        string? factor = null
    )
    {
        switch (step)
        {
            case SignInStep.Code(var account):
                await KeepAsync(context, account, null);
                return With("/sign-in/code", wanted);
            case SignInStep.Enrol(var account):
                await KeepAsync(context, account, null);
                return With("/sign-in/enrol", wanted);
            case SignInStep.Choose(var account):
                await KeepAsync(context, account, factor ?? "totp");
                return With("/sign-in/password", wanted);
            case SignInStep.Done(var account, var token):
                await context.SignOutAsync(IdentityConstants.TwoFactorUserIdScheme);
                await SessionCookie.SignInAsync(context, token);
                if (account.Language is not null)
                {
                    Preferences.Speak(context, names, account.Language);
                }

                return ReturnUrl.Safe(wanted);
            default:
                return null;
        }
    }

    /// <summary>The account whose password (and, where <paramref name="factor"/> says so, second factor) was right.</summary>
    public async Task<Account?> CurrentAsync(HttpContext context, bool factor, CancellationToken cancellation)
    {
        var ticket = await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme);
        var id = ticket.Principal?.FindFirstValue(ClaimTypes.NameIdentifier);
        var account = id is null ? null : await store.FindByIdAsync(id, cancellation);
        // A stamp that changed: the password was changed or reset since.
        return
            account is { Active: true }
            && ticket.Principal!.FindFirstValue(StampClaim) == account.SecurityStamp
            && (!factor || ticket.Principal!.HasClaim(c => c.Type == FactorClaim))
            ? account
            : null;
    }

    /// <summary>By which second factor, once it was right: `totp`, `recovery`, `passkey`.</summary>
    public static async Task<string> FactorAsync(HttpContext context) =>
        (await context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal?.FindFirstValue(
            FactorClaim
        ) ?? "totp";

    private static Task KeepAsync(HttpContext context, Account account, string? factor)
    {
        var identity = new ClaimsIdentity(IdentityConstants.TwoFactorUserIdScheme);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, account.Id));
        identity.AddClaim(new Claim(StampClaim, account.SecurityStamp));
        if (factor is not null)
        {
            identity.AddClaim(new Claim(FactorClaim, factor));
        }

        return context.SignInAsync(IdentityConstants.TwoFactorUserIdScheme, new ClaimsPrincipal(identity));
    }

    private static string With(string page, string? wanted) =>
        ReturnUrl.Safe(wanted) is var safe && safe == ReturnUrl.Home
            ? page
            : $"{page}?return={Uri.EscapeDataString(safe)}";
}
