using System.Buffers.Text;
using Dapper;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Features.Accounts;

/// <summary>Passkeys (WebAuthn credentials) of an account.</summary>
internal sealed partial class AccountStore : IUserPasskeyStore<Account>
{
    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        const string sql = """
            INSERT INTO account_passkey (credential, account, name, created, public_key, sign_count, transports,
              user_verified, backup_eligible, backed_up, attestation, client_data)
            VALUES (@Credential, @Account, @Name, @Created, @PublicKey, @SignCount, @Transports, @UserVerified,
              @BackupEligible, @BackedUp, @Attestation, @ClientData)
            ON CONFLICT (credential) DO UPDATE SET name = excluded.name, sign_count = excluded.sign_count,
              user_verified = excluded.user_verified, backed_up = excluded.backed_up
            """;
        return WriteAsync(sql, PasskeyRow.From(user.Id, passkey), cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
    {
        const string sql = """
            SELECT credential, account, name, created, public_key, sign_count, transports, user_verified,
                   backup_eligible, backed_up, attestation, client_data
            FROM account_passkey WHERE account = @Id ORDER BY created
            """;
        var rows = await database.ReadAsync(
            c =>
                c.QueryAsync<PasskeyRow>(
                    new CommandDefinition(sql, new { user.Id }, cancellationToken: cancellationToken)
                ),
            cancellationToken
        );
        return [.. rows.Select(row => row.ToPasskey())];
    }

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        const string sql = "SELECT account FROM account_passkey WHERE credential = @Credential";
        var id = await database.ReadAsync(
            c =>
                c.ExecuteScalarAsync<string?>(
                    new CommandDefinition(
                        sql,
                        new { Credential = Base64Url.EncodeToString(credentialId) },
                        cancellationToken: cancellationToken
                    )
                ),
            cancellationToken
        );
        return id is null ? null : await FindByIdAsync(id, cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Account user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        (await GetPasskeysAsync(user, cancellationToken)).FirstOrDefault(p =>
            p.CredentialId.AsSpan().SequenceEqual(credentialId)
        );

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        const string sql = "DELETE FROM account_passkey WHERE account = @Id AND credential = @Credential";
        return WriteAsync(sql, new { user.Id, Credential = Base64Url.EncodeToString(credentialId) }, cancellationToken);
    }
}
