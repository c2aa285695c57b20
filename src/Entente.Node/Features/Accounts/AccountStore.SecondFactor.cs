using System.Security.Cryptography;
using System.Text;
using Dapper;
using Entente.Node.Storage;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>One-time codes, recovery codes and lock-out.</summary>
internal sealed partial class AccountStore
    : IUserTwoFactorStore<Account>,
        IUserAuthenticatorKeyStore<Account>,
        IUserTwoFactorRecoveryCodeStore<Account>,
        IUserLockoutStore<Account>
{
    /// <summary>Seals a secret set since the last save; returns the data key of the one it replaces.</summary>
    private async Task<string?> SealSecretAsync(Transaction t, Account user, CancellationToken cancellation)
    {
        if (user.NewTotpSecret is null)
        {
            return null;
        }

        var before = user.TotpDataKey;
        var content = await seal.SealAsync(t, Encoding.ASCII.GetBytes(user.NewTotpSecret), cancellation);
        (user.TotpDataKey, user.TotpSealed, user.NewTotpSecret) = (content.DataKey, content.Bytes, null);
        const string sql = "SELECT wrapped FROM data_key WHERE id = @DataKey";
        user.TotpWrapped = await t.Connection.QuerySingleAsync<byte[]>(
            new CommandDefinition(sql, new { content.DataKey }, t.Inner, cancellationToken: cancellation)
        );
        return before;
    }

    /// <summary>Recovery codes, passkeys and failures go; what is left is the password.</summary>
    public async Task ForgetFactorsAsync(Transaction t, string account, CancellationToken cancellation)
    {
        const string codes = "DELETE FROM account_recovery_code WHERE account = @Id";
        const string passkeys = "DELETE FROM account_passkey WHERE account = @Id";
        const string failures = "UPDATE account SET failures = 0, locked_until = NULL WHERE id = @Id";
        string[] all = [codes, passkeys, failures];
        foreach (var sql in all)
        {
            await t.Connection.ExecuteAsync(
                new CommandDefinition(sql, new { Id = account }, t.Inner, cancellationToken: cancellation)
            );
        }
    }

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.TotpEnrolled);

    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken)
    {
        user.TotpEnrolled = enabled;
        return Task.CompletedTask;
    }

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken)
    {
        user.NewTotpSecret = key;
        return Task.CompletedTask;
    }

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
    {
        var secret = user.NewTotpSecret;
        if (secret is null && user is { TotpDataKey: not null, TotpWrapped: not null, TotpSealed: not null })
        {
            secret = Encoding.ASCII.GetString(seal.Open(user.TotpDataKey, user.TotpWrapped, user.TotpSealed));
        }

        return Task.FromResult(secret);
    }

    /// <summary>
    /// Takes the step of a right code for good; false when that code, or a later one, was used before, or when guesses made
    /// meanwhile have locked the account.
    /// </summary>
    public Task<bool> UseStepAsync(Account user, long step, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE account SET totp_step = @Step
            WHERE id = @Id AND totp_step < @Step AND (locked_until IS NULL OR locked_until <= @Now)
            """;
        return DidAsync(sql, user, step, cancellation);
    }

    /// <summary>
    /// Whether it is open still: of guesses made at the same moment, on whatever instance, no more count than of those made
    /// one after another. Written, so that it waits for the failures being written beside it.
    /// </summary>
    public Task<bool> IsOpenAsync(Account user, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE account SET failures = failures
            WHERE id = @Id AND active AND (locked_until IS NULL OR locked_until <= @Now)
            """;
        return DidAsync(sql, user, 0, cancellation);
    }

    private Task<bool> DidAsync(string sql, Account user, long step, CancellationToken cancellation)
    {
        var values = new
        {
            user.Id,
            Step = step,
            Now = clock.GetUtcNow(),
        };
        return database.WriteAsync(async t => await t.RunAsync(sql, values, cancellation) == 1, cancellation);
    }

    /// <summary>Nothing to hold against the account any more. False where it was closed or its password changed meanwhile.</summary>
    public static async Task<bool> ClearAsync(Transaction t, Account user, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE account SET failures = 0, locked_until = NULL
            WHERE id = @Id AND active AND security_stamp = @SecurityStamp
            """;
        return await t.RunAsync(sql, new { user.Id, user.SecurityStamp }, cancellation) == 1;
    }

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
    {
        const string clear = "DELETE FROM account_recovery_code WHERE account = @Id";
        const string add = "INSERT INTO account_recovery_code (account, hash) VALUES (@Id, @Hash)";
        var rows = recoveryCodes.Select(code => new { user.Id, Hash = CodeHash(code) }).ToList();
        return database.WriteAsync(
            async t =>
            {
                await t.Connection.ExecuteAsync(
                    new CommandDefinition(clear, new { user.Id }, t.Inner, cancellationToken: cancellationToken)
                );
                await t.Connection.ExecuteAsync(
                    new CommandDefinition(add, rows, t.Inner, cancellationToken: cancellationToken)
                );
            },
            cancellationToken
        );
    }

    public Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        const string sql = "DELETE FROM account_recovery_code WHERE account = @Id AND hash = @Hash";
        var row = new { user.Id, Hash = CodeHash(code) };
        return database.WriteAsync(
            async t =>
                await t.Connection.ExecuteAsync(
                    new CommandDefinition(sql, row, t.Inner, cancellationToken: cancellationToken)
                ) == 1,
            cancellationToken
        );
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken)
    {
        const string sql = "SELECT COUNT(*) FROM account_recovery_code WHERE account = @Id";
        return database.ReadAsync(
            c =>
                c.ExecuteScalarAsync<int>(
                    new CommandDefinition(sql, new { user.Id }, cancellationToken: cancellationToken)
                ),
            cancellationToken
        );
    }

    /// <summary>A plain hash is enough: the code is random, 59 bits, and behind the lock-out.</summary>
    private static string CodeHash(string code) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToLowerInvariant())));

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.LockedUntil);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) =>
        database.WriteAsync(t => LockAsync(t, user, lockoutEnd, cancellationToken), cancellationToken);

    public static Task LockAsync(
        Transaction t,
        Account user,
        DateTimeOffset? until,
        CancellationToken cancellationToken
    )
    {
        user.LockedUntil = until;
        const string sql = "UPDATE account SET locked_until = @Until WHERE id = @Id";
        return t.RunAsync(sql, new { user.Id, Until = until }, cancellationToken);
    }

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken) =>
        database.WriteAsync(t => FailedAsync(t, user, cancellationToken), cancellationToken);

    /// <summary>Counted in the database: guesses made at the same moment are all counted.</summary>
    /// <returns>How many there are now.</returns>
    public static async Task<int> FailedAsync(Transaction t, Account user, CancellationToken cancellationToken)
    {
        const string sql = "UPDATE account SET failures = failures + 1 WHERE id = @Id RETURNING failures";
        user.Failures = await t.Connection.ExecuteScalarAsync<int>(
            new CommandDefinition(sql, new { user.Id }, t.Inner, cancellationToken: cancellationToken)
        );
        return user.Failures;
    }

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken)
    {
        (user.Failures, user.LockedUntil) = (0, null);
        const string sql = "UPDATE account SET failures = 0, locked_until = NULL WHERE id = @Id";
        return WriteAsync(sql, new { user.Id }, cancellationToken);
    }

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Failures);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(true);

    /// <summary>Every account can be locked.</summary>
    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    private Task WriteAsync(string sql, object values, CancellationToken cancellation) =>
        database.WriteAsync(
            t =>
                (Task)
                    t.Connection.ExecuteAsync(
                        new CommandDefinition(sql, values, t.Inner, cancellationToken: cancellation)
                    ),
            cancellation
        );
}
