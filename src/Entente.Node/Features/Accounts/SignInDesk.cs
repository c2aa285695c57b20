using System.Diagnostics.CodeAnalysis;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>
/// Password, then second factor, then session. What is told to a stranger is always the same, in about the same time; what
/// happened is in the ledger.
/// </summary>
internal sealed class SignInDesk(
    Database database,
    AccountStore store,
    IPasswordHasher<Account> hasher,
    SessionBook sessions,
    LedgerLog ledger,
    AddressLimit limit,
    TimeProvider clock
)
{
    // A hash that no password matches: an unknown login costs the same time as a known one.
    private static readonly Account Nobody = new()
    {
        Id = "",
        Login = "",
        Name = "",
        Unit = "",
    };
    private static string? _nobodysHash;

    public async Task<SignInStep> PasswordAsync(
        string login,
        string password,
        Visitor visitor,
        CancellationToken cancellation
    )
    {
        if (!limit.Allows(visitor.Address))
        {
            return new SignInStep.TooMany();
        }

        var account = await store.FindByNameAsync(login.Trim().ToLowerInvariant(), cancellation);
        var known = MayEnter(account);
        var hash = known
            ? account!.PasswordHash
            : _nobodysHash ??= hasher.HashPassword(Nobody, GeneratedSecret.Token());
        var verified = hasher.VerifyHashedPassword(account ?? Nobody, hash, password);
        if (!known)
        {
            await RefuseAsync(
                account,
                account is null ? "unknown"
                    : IsLocked(account) ? "locked"
                    : "closed",
                cancellation
            );
            return new SignInStep.Refused();
        }

        if (verified == PasswordVerificationResult.Failed)
        {
            await FailAsync(account!, "password");
            return new SignInStep.Refused();
        }

        if (!await store.IsOpenAsync(account!, cancellation))
        {
            await RefuseAsync(account, "locked", cancellation);
            return new SignInStep.Refused();
        }

        return account!.TotpEnrolled ? new SignInStep.Code(account) : new SignInStep.Enrol(account);
    }

    /// <summary>The code of the authenticator, or a recovery code.</summary>
    public async Task<SignInStep> CodeAsync(
        Account account,
        string code,
        Visitor visitor,
        CancellationToken cancellation
    )
    {
        if (!limit.Allows(visitor.Address))
        {
            return new SignInStep.TooMany();
        }

        if (IsLocked(account))
        {
            await RefuseAsync(account, "locked", cancellation);
            return new SignInStep.Refused();
        }

        var method = await SecondFactorAsync(account, Compact(code), cancellation);
        if (method is null)
        {
            await FailAsync(account, "code");
            return new SignInStep.Refused();
        }

        return await FinishAsync(account, method, visitor, cancellation);
    }

    /// <summary>Is it really them? Their authenticator's code says so; wrong ones count towards the lock.</summary>
    public async Task<bool> IsThemAsync(Account account, string code, CancellationToken cancellation)
    {
        if (!MayEnter(account) || await SecondFactorAsync(account, Compact(code), cancellation) is null)
        {
            await FailAsync(account, "code");
            return false;
        }

        return true;
    }

    /// <summary>All factors were right: a session, unless the password must be chosen first.</summary>
    public async Task<SignInStep> FinishAsync(
        Account account,
        string method,
        Visitor visitor,
        CancellationToken cancellation
    )
    {
        if (account.MustChangePassword)
        {
            await store.ResetAccessFailedCountAsync(account, cancellation);
            return new SignInStep.Choose(account);
        }

        var token = await database.WriteAsync(
            async t =>
            {
                if (!await AccountStore.ClearAsync(t, account, cancellation))
                {
                    return null; // Somebody closed the account or gave it another password while this was going on.
                }

                var happened = new LedgerEvent(account.Login, LedgerAction.SignIn, $"account:{account.Login}", method);
                await ledger.AppendAsync(t, happened, cancellation);
                return await sessions.OpenAsync(t, account.Id, method, visitor.Address, visitor.Agent, cancellation);
            },
            cancellation
        );
        return token is null ? new SignInStep.Refused() : new SignInStep.Done(account, token);
    }

    /// <summary>Spaces are how people copy codes.</summary>
    private static string Compact(string code) => code.Replace(" ", "", StringComparison.Ordinal);

    private async Task<string?> SecondFactorAsync(Account account, string code, CancellationToken cancellation)
    {
        var secret = await store.GetAuthenticatorKeyAsync(account, cancellation);
        if (secret is not null && Totp.Match(secret, code, clock.GetUtcNow()) is { } step)
        {
            return await store.UseStepAsync(account, step, cancellation) ? "totp" : null;
        }

        return code.Length > 6 && await store.RedeemCodeAsync(account, code, cancellation) ? "recovery" : null;
    }

    public bool MayEnter([NotNullWhen(true)] Account? account) => account is { Active: true } && !IsLocked(account);

    private bool IsLocked(Account account) => account.LockedUntil > clock.GetUtcNow();

    private async Task FailAsync(Account account, string what)
    {
        var cancellation = CancellationToken.None; // Whoever hangs up has guessed all the same.
        // One commit, as for an unknown login: the time taken tells nothing.
        await database.WriteAsync(
            async t =>
            {
                var failures = await AccountStore.FailedAsync(t, account, cancellation);
                var time = LockOut.After(failures);
                if (time is not null)
                {
                    await AccountStore.LockAsync(t, account, clock.GetUtcNow() + time.Value, cancellation);
                }

                await ledger.AppendAsync(t, Refused(account, time is null ? what : $"{what}:locked"), cancellation);
            },
            cancellation
        );
    }

    /// <summary>What was typed as an unknown login is not kept: it may be a password in the wrong box.</summary>
    public Task RefuseAsync(Account? account, string what, CancellationToken cancellation) =>
        database.WriteAsync(t => (Task)ledger.AppendAsync(t, Refused(account, what), cancellation), cancellation);

    private static LedgerEvent Refused(Account? account, string what)
    {
        var actor = account?.Login ?? "unknown";
        return new LedgerEvent(actor, LedgerAction.SignIn, $"account:{actor}", $"refused:{what}");
    }
}
