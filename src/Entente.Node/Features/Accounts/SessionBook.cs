using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Entente.Node.Storage;

namespace Entente.Node.Features.Accounts;

/// <summary>
/// The signed-in browsers. The cookie holds a random token, the table its hash; each request checks the row, remembered for
/// a few seconds, so that revoking it, closing the account or changing a role takes effect while the browser stays open.
/// </summary>
internal sealed class SessionBook(Database database, Ids ids, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Remembered> _remembered = new(StringComparer.Ordinal);

    private sealed record Remembered(Session Session, Account Account, DateTimeOffset At);

    /// <summary>Opens a session and returns the token for the cookie.</summary>
    public async Task<string> OpenAsync(
        Transaction t,
        string account,
        string method,
        string address,
        string agent,
        CancellationToken cancellation
    )
    {
        var token = GeneratedSecret.Token();
        var now = clock.GetUtcNow();
        const string clean = "DELETE FROM account_session WHERE account = @Account AND created < @Oldest";
        await t.Connection.ExecuteAsync(
            new CommandDefinition(
                clean,
                new { Account = account, Oldest = now - SessionLimits.Absolute },
                t.Inner,
                cancellationToken: cancellation
            )
        );
        const string sql = """
            INSERT INTO account_session (id, token_hash, account, created, seen, address, agent, method)
            VALUES (@Id, @Hash, @Account, @Now, @Now, @Address, @Agent, @Method)
            """;
        var row = new
        {
            Id = ids.New(),
            Hash = Hash(token),
            Account = account,
            Now = now,
            Address = address,
            Agent = agent[..Math.Min(agent.Length, 200)],
            Method = method,
        };
        await t.Connection.ExecuteAsync(new CommandDefinition(sql, row, t.Inner, cancellationToken: cancellation));
        return token;
    }

    /// <summary>The session and its account as they are now; null when it ended, expired or its account was closed.</summary>
    /// <param name="byPerson">Somebody asked; what a page asks by itself keeps no session alive.</param>
    /// <param name="anew">What is remembered does not do.</param>
    public async Task<(Session Session, Account Account)?> CheckAsync(
        string token,
        bool byPerson,
        bool anew,
        CancellationToken cancellation
    )
    {
        var (hash, now) = (Hash(token), clock.GetUtcNow());
        if (
            anew
            || !_remembered.TryGetValue(hash, out var known)
            || now - known.At >= SessionLimits.Remembered
            || (byPerson && now - known.Session.Seen >= SessionLimits.SeenGrain)
        )
        {
            known = await ReadAsync(hash, now, byPerson, cancellation);
            if (known is null)
            {
                _remembered.TryRemove(hash, out _);
                return null;
            }

            Remember(hash, known);
        }

        return SessionLimits.Alive(known.Session, now) ? (known.Session, known.Account) : null;
    }

    /// <summary>Whether a session goes on, asked by its id from the table itself. Asking does not keep it alive.</summary>
    public Task<bool> IsOpenAsync(string session, CancellationToken cancellation)
    {
        const string sql = """
            SELECT COUNT(*) FROM account_session s JOIN account a ON a.id = s.account
            WHERE s.id = @Session AND a.active AND s.seen > @Idle AND s.created > @Oldest
            """;
        var now = clock.GetUtcNow();
        var with = new
        {
            Session = session,
            Idle = now - SessionLimits.Idle,
            Oldest = now - SessionLimits.Absolute,
        };
        return database.ReadAsync(async c => await c.OneAsync<long>(sql, with, cancellation) > 0, cancellation);
    }

    private async Task<Remembered?> ReadAsync(
        string hash,
        DateTimeOffset now,
        bool byPerson,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT id, account, created, seen, address, agent, method FROM account_session WHERE token_hash = @Hash
            """;
        var known = await database.ReadAsync(
            async c =>
            {
                var session = await c.QuerySingleOrDefaultAsync<Session>(
                    new CommandDefinition(sql, new { Hash = hash }, cancellationToken: cancellation)
                );
                var account = session is null ? null : await AccountRows.ByIdAsync(c, session.Account, cancellation);
                return session is not null && account is { Active: true }
                    ? new Remembered(session, account, now)
                    : null;
            },
            cancellation
        );
        if (known is null || !SessionLimits.Alive(known.Session, now))
        {
            return null;
        }

        if (byPerson && now - known.Session.Seen >= SessionLimits.SeenGrain)
        {
            await TouchAsync(hash, now, cancellation);
            known = known with { Session = known.Session with { Seen = now } };
        }

        return known;
    }

    private Task TouchAsync(string hash, DateTimeOffset now, CancellationToken cancellation)
    {
        const string sql = "UPDATE account_session SET seen = @Now WHERE token_hash = @Hash";
        return database.WriteAsync(
            t =>
                (Task)
                    t.Connection.ExecuteAsync(
                        new CommandDefinition(
                            sql,
                            new { Hash = hash, Now = now },
                            t.Inner,
                            cancellationToken: cancellation
                        )
                    ),
            cancellation
        );
    }

    public async Task<IReadOnlyList<Session>> ListAsync(string account, CancellationToken cancellation)
    {
        const string sql = """
            SELECT id, account, created, seen, address, agent, method
            FROM account_session WHERE account = @Account ORDER BY created DESC
            """;
        var rows = await database.ReadAsync(
            c =>
                c.QueryAsync<Session>(
                    new CommandDefinition(sql, new { Account = account }, cancellationToken: cancellation)
                ),
            cancellation
        );
        var now = clock.GetUtcNow();
        return [.. rows.Where(s => SessionLimits.Alive(s, now))];
    }

    /// <summary>Ends one session of that account; nothing happens when it is not theirs.</summary>
    public async Task EndAsync(Transaction t, string account, string session, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM account_session WHERE account = @Account AND id = @Id";
        await t.Connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new { Account = account, Id = session },
                t.Inner,
                cancellationToken: cancellation
            )
        );
        t.AfterCommit(Forget);
    }

    /// <param name="except">The session that goes on, or null for none.</param>
    public async Task EndAllAsync(Transaction t, string account, string? except, CancellationToken cancellation)
    {
        const string sql = "DELETE FROM account_session WHERE account = @Account AND id <> @Except";
        await t.Connection.ExecuteAsync(
            new CommandDefinition(
                sql,
                new { Account = account, Except = except ?? "" },
                t.Inner,
                cancellationToken: cancellation
            )
        );
        t.AfterCommit(Forget);
    }

    /// <summary>The next request of everybody reads the database again.</summary>
    public void Forget() => _remembered.Clear();

    private void Remember(string hash, Remembered known)
    {
        // Far above the sessions in use: only tokens of sessions that exist get in.
        if (_remembered.Count > 50_000)
        {
            _remembered.Clear();
        }

        _remembered[hash] = known;
    }

    private static string Hash(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}
