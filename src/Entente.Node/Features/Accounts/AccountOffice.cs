using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts;

/// <summary>Administration: checks what a security officer wants for an account, then has it done.</summary>
internal sealed class AccountOffice(Database database, AccountDesk desk, AccountStore store, UnitBook units)
{
    public async Task<(OpenedAccount? Opened, AccountError? Error)> OpenAsync(
        NewAccount wanted,
        CancellationToken cancellation
    )
    {
        var login = wanted.Login.Trim().ToLowerInvariant();
        AccountError? error =
            !AccountDesk.IsLogin(login) ? new AccountError.LoginMalformed()
            : await store.FindByNameAsync(login, cancellation) is not null ? new AccountError.LoginTaken()
            : await CheckAsync(wanted.Name, wanted.Unit, wanted.Roles, cancellation);
        if (error is not null)
        {
            return (null, error);
        }

        var account = wanted with { Login = login, Name = wanted.Name.Trim() };
        return (await database.WriteAsync(t => desk.CreateAsync(t, account, cancellation), cancellation), null);
    }

    /// <param name="account">As read, with the changes wanted.</param>
    public async Task<AccountError?> ChangeAsync(Account account, string by, string why, CancellationToken cancellation)
    {
        if (account.Login == by && !await OpensTheSameAsync(account, cancellation))
        {
            return new AccountError.OwnAccount();
        }

        var error = await CheckAsync(account.Name, account.Unit, account.Roles, cancellation);
        return error ?? await TryAsync(t => desk.ChangeAsync(t, account, by, why, cancellation), cancellation);
    }

    /// <summary>Nobody gives themselves a role or a clearance; nor may the last who could give them take their own away.</summary>
    private async Task<bool> OpensTheSameAsync(Account account, CancellationToken cancellation) =>
        await store.FindByIdAsync(account.Id, cancellation) is { } stored
        && stored.Active == account.Active
        && stored.Clearance == account.Clearance
        && stored.Roles.ToHashSet().SetEquals(account.Roles);

    public async Task<(OpenedAccount? Reset, AccountError? Error)> ResetAsync(
        Account account,
        string by,
        bool enrolTotp,
        CancellationToken cancellation
    )
    {
        OpenedAccount? reset = null;
        var error = await TryAsync(
            async t => reset = await desk.ResetAsync(t, account, by, enrolTotp, cancellation),
            cancellation
        );
        return (reset, error);
    }

    public async Task<AccountError?> SaveUnitAsync(Unit unit, string by, CancellationToken cancellation)
    {
        if (!UnitBook.IsSlug(unit.Slug) || unit.Names.Count == 0)
        {
            return new AccountError.UnitMalformed();
        }

        await database.WriteAsync(t => units.SaveAsync(t, unit, by, cancellation), cancellation);
        return null;
    }

    private async Task<AccountError?> CheckAsync(
        string name,
        string unit,
        IReadOnlyList<Role> roles,
        CancellationToken cancellation
    ) =>
        string.IsNullOrWhiteSpace(name) ? new AccountError.NameMissing()
        : roles.Count == 0 ? new AccountError.RoleMissing()
        : await units.FindAsync(unit, cancellation) is null ? new AccountError.UnitUnknown()
        : null;

    private async Task<AccountError?> TryAsync(Func<Transaction, Task> act, CancellationToken cancellation)
    {
        try
        {
            await database.WriteAsync(act, cancellation);
            return null;
        }
        catch (AccountChangedMeanwhile)
        {
            return new AccountError.ChangedMeanwhile();
        }
    }
}
