using Entente.Node.Ledger;
using Entente.Node.Storage;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>Identity's managers over our own tables: name, password, stamps and roles. Saving ledgers the account's acts.</summary>
internal sealed partial class AccountStore(Database database, LedgerLog ledger, ContentSeal seal, TimeProvider clock)
    : IUserPasswordStore<Account>,
        IUserSecurityStampStore<Account>,
        IUserRoleStore<Account>
{
    private static readonly IdentityResult Conflict = IdentityResult.Failed(
        new IdentityError
        {
            Code = nameof(IdentityErrorDescriber.ConcurrencyFailure),
            Description = "Changed meanwhile.",
        }
    );

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) =>
        database.WriteAsync(t => InsertAsync(t, user, cancellationToken), cancellationToken);

    /// <summary>For callers that open an account inside a larger transaction.</summary>
    public async Task<IdentityResult> InsertAsync(Transaction t, Account user, CancellationToken cancellation)
    {
        user.ConcurrencyStamp = GeneratedSecret.Token();
        user.Created = clock.GetUtcNow();
        await SealSecretAsync(t, user, cancellation);
        await AccountRows.InsertAsync(t, user, cancellation);
        await AccountForAsync(t, user, cancellation);
        return IdentityResult.Success;
    }

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) =>
        database.WriteAsync(t => UpdateAsync(t, user, cancellationToken), cancellationToken);

    public async Task<IdentityResult> UpdateAsync(Transaction t, Account user, CancellationToken cancellation)
    {
        var erased = await SealSecretAsync(t, user, cancellation);
        var stamp = GeneratedSecret.Token();
        if (!await AccountRows.UpdateAsync(t, user, stamp, cancellation))
        {
            return Conflict;
        }

        if (erased is not null)
        {
            await ContentSeal.EraseAsync(t, erased, cancellation);
        }

        user.ConcurrencyStamp = stamp;
        await AccountForAsync(t, user, cancellation);
        return IdentityResult.Success;
    }

    private async Task AccountForAsync(Transaction t, Account user, CancellationToken cancellation)
    {
        if (user.Acts.Count > 0)
        {
            await ledger.AppendAsync(t, [.. user.Acts], cancellation);
            user.Acts.Clear();
        }
    }

    /// <summary>Accounts are closed, never deleted: the ledger names them.</summary>
    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        user.Active = false;
        return UpdateAsync(user, cancellationToken);
    }

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        database.ReadAsync(c => AccountRows.ByIdAsync(c, userId, cancellationToken), cancellationToken);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        database.ReadAsync(c => AccountRows.ByLoginAsync(c, normalizedUserName, cancellationToken), cancellationToken);

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Login);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        user.Login = userName ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        GetUserNameAsync(user, cancellationToken);

    /// <summary>Logins are kept normalized; there is no second spelling.</summary>
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        SetUserNameAsync(user, normalizedName, cancellationToken);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash ?? "";
        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.PasswordHash.Length > 0);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken)
    {
        user.SecurityStamp = stamp;
        return Task.CompletedTask;
    }

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.SecurityStamp);

    public Task AddToRoleAsync(Account user, string roleName, CancellationToken cancellationToken)
    {
        user.Roles = [.. user.Roles.Append(Enum.Parse<Role>(roleName, ignoreCase: true)).Distinct()];
        return Task.CompletedTask;
    }

    public Task RemoveFromRoleAsync(Account user, string roleName, CancellationToken cancellationToken)
    {
        var role = Enum.Parse<Role>(roleName, ignoreCase: true);
        user.Roles = [.. user.Roles.Where(r => r != role)];
        return Task.CompletedTask;
    }

    public Task<IList<string>> GetRolesAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<string>>([.. user.Roles.Select(r => r.ToString())]);

    public Task<bool> IsInRoleAsync(Account user, string roleName, CancellationToken cancellationToken) =>
        Task.FromResult(user.Roles.Contains(Enum.Parse<Role>(roleName, ignoreCase: true)));

    public void Dispose()
    {
        // Nothing is held: connections are opened and closed by each call.
    }
}
