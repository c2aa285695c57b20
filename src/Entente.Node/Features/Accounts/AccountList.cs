using Dapper;
using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts;

/// <summary>The accounts by login, a page at a time.</summary>
internal sealed class AccountList(Database database)
{
    public const int PageSize = 50;

    /// <param name="search">Part of a login or name; empty finds all.</param>
    /// <param name="after">Login of the last line of the page before; empty starts.</param>
    /// <param name="count">Lines wanted; one more than a page tells whether another follows.</param>
    public async Task<IReadOnlyList<AccountEntry>> FindAsync(
        string search,
        string after,
        int count,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT a.id, a.login, a.name, a.unit, a.clearance, a.active, a.totp_enrolled, a.locked_until,
                   (SELECT string_agg(r.role, ',') FROM account_role r WHERE r.account = a.id) AS role_names
            FROM account a
            WHERE a.login > @After AND a.search LIKE @Pattern ESCAPE '!'
            ORDER BY a.login LIMIT @Count
            """;
        var pattern = AccountRows
            .Fold(search.Trim())
            .Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);
        var rows = await database.ReadAsync(
            c =>
                c.QueryAsync<AccountEntry>(
                    new CommandDefinition(
                        sql,
                        new
                        {
                            After = after,
                            Pattern = $"%{pattern}%",
                            Count = count,
                        },
                        cancellationToken: cancellation
                    )
                ),
            cancellation
        );
        return [.. rows];
    }
}
