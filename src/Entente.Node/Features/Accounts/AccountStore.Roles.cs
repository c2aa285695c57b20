using Dapper;

namespace Entente.Node.Features.Accounts;

internal sealed partial class AccountStore
{
    public async Task<IList<Account>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken)
    {
        const string sql = "SELECT account FROM account_role WHERE role = @Role ORDER BY account";
        var role = Enum.Parse<Role>(roleName, ignoreCase: true).ToString();
        var accounts = new List<Account>();
        await database.ReadAsync(
            async c =>
            {
                var ids = await c.QueryAsync<string>(
                    new CommandDefinition(sql, new { Role = role }, cancellationToken: cancellationToken)
                );
                foreach (var id in ids.ToList())
                {
                    accounts.Add((await AccountRows.ByIdAsync(c, id, cancellationToken))!); // The role row refers to it.
                }

                return true;
            },
            cancellationToken
        );
        return accounts;
    }
}
