using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts;

/// <summary>
/// Administration by one person: checks what is wanted for an account, then has it done. A person takes away alone; what
/// gives power is left to the node's console, or takes two (<see cref="Proposals.AccountProposals"/>).
/// </summary>
internal sealed class AccountOffice(Database database, AccountDesk desk, AccountStore store, UnitBook units)
{
    public async Task<(OpenedAccount? Opened, AccountError? Error)> OpenAsync(
        NewAccount wanted,
        CancellationToken cancellation
    )
    {
        if (wanted.By != Officer.NodeActor)
        {
            return (null, new AccountError.TakesTwo());
        }

        var (account, error) = await CheckAsync(wanted, cancellation);
        return account is null
            ? (null, error)
            : (await database.WriteAsync(t => desk.CreateAsync(t, account, cancellation), cancellation), null);
    }

    /// <returns>The account as it would be opened, or what is wrong with it.</returns>
    public async Task<(NewAccount? Account, AccountError? Error)> CheckAsync(
        NewAccount wanted,
        CancellationToken cancellation
    )
    {
        var login = wanted.Login.Trim().ToLowerInvariant();
        AccountError? error =
            !AccountDesk.IsLogin(login) ? new AccountError.LoginMalformed()
            : await store.FindByNameAsync(login, cancellation) is not null ? new AccountError.LoginTaken()
            : await CheckAsync(wanted.Name, wanted.Unit, wanted.Roles, cancellation);
        return error is null ? (wanted with { Login = login, Name = wanted.Name.Trim() }, null) : (null, error);
    }

    /// <param name="account">As read, with the changes wanted.</param>
    public async Task<AccountError?> ChangeAsync(Account account, string by, string why, CancellationToken cancellation)
    {
        var (stored, error) = await CheckAsync(account, by, cancellation);
        if (error is not null)
        {
            return error;
        }

        return by != Officer.NodeActor && AccountStanding.Of(account).Gives(stored)
            ? new AccountError.TakesTwo()
            : await TryAsync(t => desk.ChangeAsync(t, account, by, why, cancellation), cancellation);
    }

    /// <returns>How the account stands until then; an error where nobody can have it as wanted.</returns>
    public async Task<(AccountStanding Stored, AccountError? Error)> CheckAsync(
        Account account,
        string by,
        CancellationToken cancellation
    )
    {
        var wanted = AccountStanding.Of(account);
        var stored = await store.FindByIdAsync(account.Id, cancellation) is { } now ? AccountStanding.Of(now) : wanted;
        // Nobody gives themselves a role or a clearance; nor may the last who could give them take their own away.
        return account.Login == by && !wanted.OpensTheSame(stored)
            ? (stored, new AccountError.OwnAccount())
            : (stored, await CheckAsync(account.Name, account.Unit, account.Roles, cancellation));
    }

    /// <summary>At the node's console only: with a new password and no second factor an account is anybody's.</summary>
    public async Task<(OpenedAccount? Reset, AccountError? Error)> ResetAsync(
        Account account,
        bool enrolTotp,
        CancellationToken cancellation
    )
    {
        OpenedAccount? reset = null;
        var error = await TryAsync(
            async t => reset = await desk.ResetAsync(t, account, Officer.NodeActor, enrolTotp, cancellation),
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
