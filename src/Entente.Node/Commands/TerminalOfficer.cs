using Entente.Node.Features.Accounts;

namespace Entente.Node.Commands;

/// <summary>Who works at a terminal: the login they give, believed by the code that their authenticator shows.</summary>
internal static class TerminalOfficer
{
    /// <returns>Null where there is no such account with one of these roles, or the code is not theirs.</returns>
    public static async Task<Officer?> FindAsync(
        IServiceProvider services,
        (string Login, string Code) given,
        IReadOnlyList<Role> roles,
        CancellationToken cancellation
    )
    {
        var store = services.GetRequiredService<AccountStore>();
        var account = await store.FindByNameAsync(given.Login.ToLowerInvariant(), cancellation);
        return
            account is not null
            && account.Roles.Any(roles.Contains)
            && await services.GetRequiredService<SignInDesk>().IsThemAsync(account, given.Code, cancellation)
            ? new Officer(
                account.Id,
                account.Login,
                account.Name,
                account.Unit,
                account.Roles.ToHashSet(),
                account.Clearance
            )
            : null;
    }
}
