using Dapper;
using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts;

/// <summary>The accounts by login, a page at a time.</summary>
internal sealed class AccountList(Database database)
{
    public const int PageSize = 50;

    private const int MostColleagues = 200;

    /// <summary>Who can sign in and is of the officer's unit, the officer not among them: to choose from. Not more than fit in a list.</summary>
    public Task<IReadOnlyList<Colleague>> ColleaguesAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = """
            SELECT a.login, a.name FROM account a
            WHERE a.unit = @Unit AND a.active = TRUE AND a.login <> @Login
            ORDER BY a.login LIMIT @Count
            """;
        var values = new
        {
            officer.Unit,
            officer.Login,
            Count = MostColleagues,
        };
        return database.ReadAsync(c => c.ListAsync<Colleague>(sql, values, cancellation), cancellation);
    }

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
