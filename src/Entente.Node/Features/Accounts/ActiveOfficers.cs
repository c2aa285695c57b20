namespace Entente.Node.Features.Accounts;

/// <summary>Officers by their login, as they stand now: for what was asked earlier and is done later.</summary>
internal sealed class ActiveOfficers(AccountStore accounts)
{
    /// <summary>Null where the account is gone or closed.</summary>
    public async Task<Officer?> FindAsync(string login, CancellationToken cancellation) =>
        await accounts.FindByNameAsync(login, cancellation) is { Active: true } account
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
