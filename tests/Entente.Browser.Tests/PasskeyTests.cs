using Entente.Browser.Tests.Support;
using Microsoft.Playwright;

namespace Entente.Browser.Tests;

/// <summary>Passkeys need a browser that has an authenticator: Chromium's virtual one.</summary>
public sealed class PasskeyTests(Site site)
{
    [Fact]
    public async Task Passkey_added_to_the_account_signs_in_without_password_or_code_also_where_guesses_have_locked_it()
    {
        await using var context = await site.OpenAsync("protection");
        var page = await context.NewPageAsync();
        await GiveAuthenticatorAsync(page);

        await page.GotoAsync("/account");
        await page.FillAsync("#passkey-name", "Clé d’essai");
        await page.ClickAsync("form[data-passkey=create] button");
        await page.WaitForURLAsync("**/account?done=passkey-added");
        await context.ClearCookiesAsync();
        await LockAsync(page, "protection");
        await page.GotoAsync("/sign-in");
        await page.ClickAsync("form[data-passkey=get] button");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));

        await page.GotoAsync("/account");
        (await page.InnerTextAsync("main")).ShouldContain("Clé d’essai");
    }

    /// <summary>As somebody does who wants the account's owner kept out.</summary>
    private static async Task LockAsync(IPage page, string login)
    {
        for (var i = 0; i < 5; i++)
        {
            await page.GotoAsync("/sign-in");
            await page.FillAsync("[name=Login]", login);
            await page.FillAsync("[name=Password]", "faux mot de passe");
            await page.ClickAsync("form:has([name=Password]) button[type=submit]");
            await page.WaitForSelectorAsync("[role=alert]");
        }
    }

    private static async Task GiveAuthenticatorAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        var options = new Dictionary<string, object>
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
            ["automaticPresenceSimulation"] = true,
        };
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new() { ["options"] = options });
    }
}
