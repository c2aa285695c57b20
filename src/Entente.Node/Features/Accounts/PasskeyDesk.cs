using Entente.Node.Ledger;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>Passkeys: adding one, taking one away, signing in with one. The browser's part comes as the JSON it made.</summary>
internal sealed class PasskeyDesk(
    SignInManager<Account> manager,
    AccountStore store,
    SignInDesk desk,
    OwnAccount own,
    ILogger<PasskeyDesk> logger
)
{
    private const int MostPerAccount = 10;

    public Task<IList<UserPasskeyInfo>> ListAsync(Account account, CancellationToken cancellation) =>
        store.GetPasskeysAsync(account, cancellation);

    public async Task<AccountError?> AddAsync(
        Account account,
        string credential,
        string name,
        CancellationToken cancellation
    )
    {
        var known = await store.GetPasskeysAsync(account, cancellation);
        var attestation = await TryAsync(() => manager.PerformPasskeyAttestationAsync(credential));
        if (
            attestation is not { Succeeded: true }
            || attestation.UserEntity.Id != account.Id
            || known.Count >= MostPerAccount
        )
        {
            logger.PasskeyRefused(attestation?.Failure?.Message ?? "none was sent");
            return new AccountError.PasskeyRefused();
        }

        attestation.Passkey.Name = name.Trim() is { Length: > 0 } given ? given[..Math.Min(given.Length, 60)] : null;
        await store.AddOrUpdatePasskeyAsync(account, attestation.Passkey, cancellation);
        await own.LedgerAsync(account, "passkey-added", cancellation);
        return null;
    }

    public async Task RemoveAsync(Account account, string credential, CancellationToken cancellation)
    {
        if (Passkeys.Id(credential) is { } id && await store.FindPasskeyAsync(account, id, cancellation) is not null)
        {
            await store.RemovePasskeyAsync(account, id, cancellation);
            await own.LedgerAsync(account, "passkey-removed", cancellation);
        }
    }

    /// <summary>A passkey that verified its holder is both factors at once.</summary>
    public async Task<SignInStep> SignInAsync(string credential, Visitor visitor, CancellationToken cancellation)
    {
        var assertion = await TryAsync(() => manager.PerformPasskeyAssertionAsync(credential));
        // A lock is against guessing, and a passkey cannot be guessed: whoever locks an account from outside shuts nobody out.
        if (assertion is not { Succeeded: true, User.Active: true, Passkey.IsUserVerified: true })
        {
            logger.PasskeyRefused(assertion?.Failure?.Message ?? "none was sent");
            await desk.RefuseAsync(assertion?.User, "passkey", cancellation);
            return new SignInStep.Refused();
        }

        await store.AddOrUpdatePasskeyAsync(assertion.User, assertion.Passkey, cancellation);
        return await desk.FinishAsync(assertion.User, "passkey", visitor, cancellation);
    }

    private static async Task<T?> TryAsync<T>(Func<Task<T>> perform)
        where T : class
    {
        try
        {
            return await perform();
        }
        catch (InvalidOperationException)
        {
            return null; // Nothing was begun in this browser, or its time is over: the framework throws for it.
        }
        catch (ArgumentException)
        {
            return null; // Nothing was sent.
        }
    }
}
