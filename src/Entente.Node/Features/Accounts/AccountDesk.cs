using System.Text.RegularExpressions;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>Opens, changes and resets accounts. Every act is ledgered with the change.</summary>
internal sealed partial class AccountDesk(
    AccountStore store,
    IPasswordHasher<Account> hasher,
    SessionBook sessions,
    Ids ids
)
{
    /// <summary>The node's own name in the ledger is nobody's.</summary>
    public static bool IsLogin(string text) => LoginPattern().IsMatch(text) && text != Officer.NodeActor;

    /// <summary>Opens the account in the caller's transaction. The login must be free and the unit exist.</summary>
    /// <remarks>Whether one person alone may is the caller's to know: <see cref="AccountOffice"/>, or the second person's word.</remarks>
    public async Task<OpenedAccount> CreateAsync(Transaction t, NewAccount wanted, CancellationToken cancellation)
    {
        var password = GeneratedSecret.Password();
        var account = new Account
        {
            Id = ids.New(),
            Login = wanted.Login.ToLowerInvariant(),
            Name = wanted.Name,
            Unit = wanted.Unit,
            Clearance = wanted.Clearance,
            Language = wanted.Language,
            Roles = wanted.Roles,
            MustChangePassword = wanted.MustChangePassword,
            SecurityStamp = GeneratedSecret.Token(),
            NewTotpSecret = wanted.EnrolTotp ? Totp.NewSecret() : null,
            TotpEnrolled = wanted.EnrolTotp,
        };
        var secret = account.NewTotpSecret;
        account.PasswordHash = hasher.HashPassword(account, password);
        account.Acts.Add(Act(wanted.By, account, "account-opened"));
        await store.InsertAsync(t, account, cancellation);
        return new OpenedAccount(account.Id, password, secret);
    }

    /// <summary>Lost telephone or forgotten password: a new one-time password, no second factor, all sessions ended.</summary>
    public async Task<OpenedAccount> ResetAsync(
        Transaction t,
        Account account,
        string by,
        bool enrolTotp,
        CancellationToken cancellation
    )
    {
        var password = GeneratedSecret.Password();
        account.PasswordHash = hasher.HashPassword(account, password);
        account.MustChangePassword = true;
        account.SecurityStamp = GeneratedSecret.Token();
        account.NewTotpSecret = Totp.NewSecret();
        account.TotpEnrolled = enrolTotp;
        var secret = enrolTotp ? account.NewTotpSecret : null;
        account.Acts.Add(Act(by, account, "second-factor-reset"));
        await SaveAsync(t, account, cancellation);
        await store.ForgetFactorsAsync(t, account.Id, cancellation);
        await sessions.EndAllAsync(t, account.Id, null, cancellation);
        return new OpenedAccount(account.Id, password, secret);
    }

    /// <summary>Saves name, unit, roles, clearance or closure as the caller set them.</summary>
    public async Task ChangeAsync(Transaction t, Account account, string by, string why, CancellationToken cancellation)
    {
        account.Acts.Add(Act(by, account, why));
        await SaveAsync(t, account, cancellation);
        if (!account.Active)
        {
            await sessions.EndAllAsync(t, account.Id, null, cancellation);
        }

        t.AfterCommit(sessions.Forget);
    }

    private async Task SaveAsync(Transaction t, Account account, CancellationToken cancellation)
    {
        var saved = await store.UpdateAsync(t, account, cancellation);
        if (!saved.Succeeded)
        {
            throw new AccountChangedMeanwhile(account.Login);
        }
    }

    private static LedgerEvent Act(string by, Account account, string why) =>
        new(by, LedgerAction.Administer, $"account:{account.Login}", why);

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex LoginPattern();
}

/// <summary>Two people saved one account at the same moment; the second must look again.</summary>
internal sealed class AccountChangedMeanwhile(string login)
    : InvalidOperationException($"{login} was changed by somebody else meanwhile.");
