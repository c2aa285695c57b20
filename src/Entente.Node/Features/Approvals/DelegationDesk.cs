using Entente.Node.Features.Accounts;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Approvals;

/// <summary>Lending the power to decide, for a time: to a delegate at once, to a substitute when time runs out.</summary>
internal sealed class DelegationDesk(
    Database database,
    AccountStore accounts,
    LedgerLog ledger,
    Ids ids,
    TimeProvider clock
)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(92);

    /// <summary>Own roles only: what was lent cannot be lent on, so no power goes round in a circle.</summary>
    public async Task<ApprovalError?> LendAsync(
        Officer from,
        string toLogin,
        Role role,
        bool asSubstitute,
        DateTimeOffset until,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        if (until <= now || until - now > Longest)
        {
            return new PeriodImpossible();
        }

        var to = await accounts.FindByNameAsync(toLogin.Trim().ToLowerInvariant(), cancellation);
        if (to is not { Active: true } || to.Login == from.Login || !from.Is(role))
        {
            return new DelegationImpossible();
        }

        var row = new Delegation
        {
            Id = ids.New(),
            FromLogin = from.Login,
            ToLogin = to.Login,
            Role = role.ToString(),
            Mode = asSubstitute ? "substitute" : "delegate",
            FromAt = now,
            UntilAt = until,
        };
        const string sql = """
            INSERT INTO delegation (id, from_login, to_login, role, mode, from_at, until_at, made_at)
            VALUES (@Id, @FromLogin, @ToLogin, @Role, @Mode, @FromAt, @UntilAt, @FromAt)
            """;
        var leaf = new LedgerEvent(from.Login, LedgerAction.Administer, $"delegation:{row.Id}", $"lent:{role}");
        await database.WriteAsync(
            async t =>
            {
                await t.RunAsync(sql, row, cancellation);
                await ledger.AppendAsync(t, leaf, cancellation);
            },
            cancellation
        );
        return null;
    }

    public Task<bool> RevokeAsync(Officer officer, string id, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE delegation SET revoked_at = @Now WHERE id = @Id AND from_login = @Login AND revoked_at IS NULL
            """;
        var values = new
        {
            Id = id,
            officer.Login,
            Now = clock.GetUtcNow(),
        };
        return database.WriteAsync(
            async t =>
            {
                if (await t.RunAsync(sql, values, cancellation) == 0)
                {
                    return false;
                }

                var leaf = new LedgerEvent(officer.Login, LedgerAction.Administer, $"delegation:{id}", "taken-back");
                await ledger.AppendAsync(t, leaf, cancellation);
                return true;
            },
            cancellation
        );
    }

    /// <summary>What the officer lends or was lent, and is not over.</summary>
    public Task<IReadOnlyList<Delegation>> OfAsync(Officer officer, CancellationToken cancellation)
    {
        const string sql = """
            SELECT d.id, d.from_login, d.to_login, d.role, d.mode, d.from_at, d.until_at FROM delegation d
            WHERE (d.from_login = @Login OR d.to_login = @Login) AND d.until_at > @Now AND d.revoked_at IS NULL
            ORDER BY d.until_at, d.id
            """;
        var values = new { officer.Login, Now = clock.GetUtcNow() };
        return database.ReadAsync(c => c.ListAsync<Delegation>(sql, values, cancellation), cancellation);
    }
}

public sealed record Delegation
{
    public required string Id { get; init; }
    public required string FromLogin { get; init; }
    public required string ToLogin { get; init; }
    public required string Role { get; init; }

    /// <summary>`delegate` or `substitute`.</summary>
    public required string Mode { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    public required DateTimeOffset UntilAt { get; init; }
}
