using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts;

/// <summary>The table `account` and its roles, for the store and for whoever writes them in a larger transaction.</summary>
internal static class AccountRows
{
    private const string Columns = """
        SELECT a.id, a.login, a.name, a.unit, a.clearance, a.language, a.active, a.password_hash,
               a.must_change_password, a.security_stamp, a.concurrency_stamp, a.totp_data_key, a.totp_sealed,
               k.wrapped AS totp_wrapped, a.totp_enrolled, a.totp_step, a.failures, a.locked_until, a.created
        FROM account a LEFT JOIN data_key k ON k.id = a.totp_data_key
        """;

    public static Task<Account?> ByIdAsync(DbConnection connection, string id, CancellationToken cancellation)
    {
        const string sql = Columns + " WHERE a.id = @Key";
        return OneAsync(connection, null, sql, id, cancellation);
    }

    public static Task<Account?> ByLoginAsync(DbConnection connection, string login, CancellationToken cancellation)
    {
        const string sql = Columns + " WHERE a.login = @Key";
        return OneAsync(connection, null, sql, login, cancellation);
    }

    /// <summary>As it stands in the transaction: nobody else writes before that ends.</summary>
    public static Task<Account?> ByLoginAsync(Transaction t, string login, CancellationToken cancellation)
    {
        const string sql = Columns + " WHERE a.login = @Key";
        return OneAsync(t.Connection, t.Inner, sql, login, cancellation);
    }

    private static async Task<Account?> OneAsync(
        DbConnection connection,
        DbTransaction? inner,
        string sql,
        string key,
        CancellationToken cancellation
    )
    {
        var account = await connection.QuerySingleOrDefaultAsync<Account>(
            new CommandDefinition(sql, new { Key = key }, inner, cancellationToken: cancellation)
        );
        if (account is not null)
        {
            const string roles = "SELECT role FROM account_role WHERE account = @Id ORDER BY role";
            var names = await connection.QueryAsync<string>(
                new CommandDefinition(roles, new { account.Id }, inner, cancellationToken: cancellation)
            );
            account.Roles = [.. names.Select(Enum.Parse<Role>)];
        }

        return account;
    }

    public static async Task InsertAsync(Transaction t, Account account, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO account (id, login, name, search, unit, clearance, language, active, password_hash,
              must_change_password, security_stamp, concurrency_stamp, totp_data_key, totp_sealed, totp_enrolled,
              totp_step, failures, locked_until, created)
            VALUES (@Id, @Login, @Name, @Search, @Unit, @Clearance, @Language, @Active, @PasswordHash,
              @MustChangePassword, @SecurityStamp, @ConcurrencyStamp, @TotpDataKey, @TotpSealed, @TotpEnrolled,
              @TotpStep, @Failures, @LockedUntil, @Created)
            """;
        await t.Connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                Values(account, account.ConcurrencyStamp),
                t.Inner,
                cancellationToken: cancellation
            )
        );
        await WriteRolesAsync(t, account, cancellation);
    }

    /// <summary>False: somebody else saved it since it was read. Failures and lock are not written: they are counted in place.</summary>
    public static async Task<bool> UpdateAsync(
        Transaction t,
        Account account,
        string newStamp,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE account SET login = @Login, name = @Name, search = @Search, unit = @Unit, clearance = @Clearance,
              language = @Language, active = @Active, password_hash = @PasswordHash,
              must_change_password = @MustChangePassword, security_stamp = @SecurityStamp,
              concurrency_stamp = @NewStamp, totp_data_key = @TotpDataKey, totp_sealed = @TotpSealed,
              totp_enrolled = @TotpEnrolled
            WHERE id = @Id AND concurrency_stamp = @ConcurrencyStamp
            """;
        var changed = await t.Connection.ExecuteAsync(
            new CommandDefinition(sql, Values(account, newStamp), t.Inner, cancellationToken: cancellation)
        );
        if (changed == 0)
        {
            return false;
        }

        const string clear = "DELETE FROM account_role WHERE account = @Id";
        await t.Connection.ExecuteAsync(
            new CommandDefinition(clear, new { account.Id }, t.Inner, cancellationToken: cancellation)
        );
        await WriteRolesAsync(t, account, cancellation);
        return true;
    }

    private static Task<int> WriteRolesAsync(Transaction t, Account account, CancellationToken cancellation)
    {
        const string sql = "INSERT INTO account_role (account, role) VALUES (@Id, @Role)";
        var rows = account.Roles.Distinct().Select(role => new { account.Id, Role = role.ToString() });
        return t.Connection.ExecuteAsync(new CommandDefinition(sql, rows, t.Inner, cancellationToken: cancellation));
    }

    private static object Values(Account a, string newStamp) =>
        new
        {
            a.Id,
            a.Login,
            a.Name,
            Search = Fold($"{a.Login} {a.Name}"),
            a.Unit,
            a.Clearance,
            a.Language,
            a.Active,
            a.PasswordHash,
            a.MustChangePassword,
            a.SecurityStamp,
            a.ConcurrencyStamp,
            NewStamp = newStamp,
            a.TotpDataKey,
            a.TotpSealed,
            a.TotpEnrolled,
            a.TotpStep,
            a.Failures,
            a.LockedUntil,
            a.Created,
        };

    /// <summary>Lower case without accents, so that a search for `helene` finds Hélène on both engines alike.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }
}
