using Entente.Node.Ledger;
using Entente.Node.Storage;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>What people do with their own account: password, authenticator, recovery codes, language.</summary>
internal sealed class OwnAccount(
    Database database,
    AccountStore store,
    IPasswordHasher<Account> hasher,
    SessionBook sessions,
    LedgerLog ledger,
    TimeProvider clock
)
{
    public const int RecoveryCodes = 10;

    /// <summary>The one-time password gives way to one's own, as part of signing in.</summary>
    public Task<AccountError?> ChoosePasswordAsync(
        Account account,
        string wanted,
        string again,
        CancellationToken cancellation
    )
    {
        account.MustChangePassword = false;
        return SetPasswordAsync(account, wanted, again, session: null, cancellation);
    }

    /// <param name="session">The session that goes on; all others end.</param>
    public async Task<AccountError?> ChangePasswordAsync(
        Account account,
        string current,
        string wanted,
        string again,
        string session,
        CancellationToken cancellation
    )
    {
        if (hasher.VerifyHashedPassword(account, account.PasswordHash, current) == PasswordVerificationResult.Failed)
        {
            await store.IncrementAccessFailedCountAsync(account, cancellation);
            if (account.Failures >= LockOut.Free)
            {
                // Somebody guesses at an open browser: its session ends, the others too.
                await database.WriteAsync(t => sessions.EndAllAsync(t, account.Id, null, cancellation), cancellation);
            }

            return new AccountError.PasswordWrong();
        }

        return await SetPasswordAsync(account, wanted, again, session, cancellation);
    }

    private async Task<AccountError?> SetPasswordAsync(
        Account account,
        string wanted,
        string again,
        string? session,
        CancellationToken cancellation
    )
    {
        var error = wanted != again ? new AccountError.PasswordsDiffer() : PasswordRules.Check(wanted, account.Login);
        error ??=
            hasher.VerifyHashedPassword(account, account.PasswordHash, wanted) == PasswordVerificationResult.Failed
                ? null
                : new AccountError.PasswordUnchanged();
        if (error is not null)
        {
            return error;
        }

        account.PasswordHash = hasher.HashPassword(account, wanted);
        account.SecurityStamp = GeneratedSecret.Token();
        account.Acts.Add(Act(account, "password-changed"));
        return await database.WriteAsync(
            async t =>
            {
                var saved = await store.UpdateAsync(t, account, cancellation);
                await sessions.EndAllAsync(t, account.Id, session, cancellation);
                return saved.Succeeded ? null : (AccountError)new AccountError.ChangedMeanwhile();
            },
            cancellation
        );
    }

    /// <summary>The secret to enrol: the one waiting already, so that going back and forth shows the same picture.</summary>
    public async Task<string> WaitingSecretAsync(Account account, CancellationToken cancellation)
    {
        if (await store.GetAuthenticatorKeyAsync(account, cancellation) is { } waiting)
        {
            return waiting;
        }

        var secret = Totp.NewSecret();
        account.NewTotpSecret = secret;
        await store.UpdateAsync(account, cancellation);
        return secret;
    }

    /// <summary>The code proves that the authenticator took the secret.</summary>
    public async Task<AccountError?> EnrolAsync(Account account, string code, CancellationToken cancellation)
    {
        var secret = await store.GetAuthenticatorKeyAsync(account, cancellation);
        if (
            account.TotpEnrolled
            || secret is null
            || Totp.Match(secret, code.Replace(" ", "", StringComparison.Ordinal), clock.GetUtcNow()) is not { } step
            || !await store.UseStepAsync(account, step, cancellation)
        )
        {
            return new AccountError.CodeWrong();
        }

        account.TotpEnrolled = true;
        account.Acts.Add(Act(account, "authenticator-enrolled"));
        return await SaveAsync(account, cancellation);
    }

    public async Task<AccountError?> SpeakAsync(Account account, string? language, CancellationToken cancellation)
    {
        account.Language = language;
        return await SaveAsync(account, cancellation);
    }

    /// <summary>New codes; those before are void. They are shown once.</summary>
    public async Task<IReadOnlyList<string>> MakeRecoveryCodesAsync(Account account, CancellationToken cancellation)
    {
        var codes = Enumerable.Range(0, RecoveryCodes).Select(_ => GeneratedSecret.RecoveryCode()).ToList();
        await store.ReplaceCodesAsync(account, codes, cancellation);
        await LedgerAsync(account, "recovery-codes-made", cancellation);
        return codes;
    }

    public async Task EndSessionAsync(Account account, string session, CancellationToken cancellation) =>
        await database.WriteAsync(
            async t =>
            {
                await sessions.EndAsync(t, account.Id, session, cancellation);
                await ledger.AppendAsync(t, Act(account, "session-ended"), cancellation);
            },
            cancellation
        );

    /// <param name="except">The session that goes on, or null.</param>
    public async Task EndSessionsAsync(Account account, string? except, CancellationToken cancellation) =>
        await database.WriteAsync(
            async t =>
            {
                await sessions.EndAllAsync(t, account.Id, except, cancellation);
                await ledger.AppendAsync(t, Act(account, "sessions-ended"), cancellation);
            },
            cancellation
        );

    public Task LedgerAsync(Account account, string why, CancellationToken cancellation) =>
        database.WriteAsync(t => (Task)ledger.AppendAsync(t, Act(account, why), cancellation), cancellation);

    private async Task<AccountError?> SaveAsync(Account account, CancellationToken cancellation) =>
        (await store.UpdateAsync(account, cancellation)).Succeeded ? null : new AccountError.ChangedMeanwhile();

    private static LedgerEvent Act(Account account, string why) =>
        new(account.Login, LedgerAction.Administer, $"account:{account.Login}", why);
}
