using Entente.Node.Features.Accounts;
using Entente.Node.Storage;

namespace Entente.Node.Features.Approvals;

/// <summary>A power to decide: one's own role, or one lent by somebody who holds it.</summary>
/// <param name="OnBehalf">Login of the lender; null for one's own.</param>
/// <param name="Substitute">Good only once half of the time to decide has passed.</param>
internal sealed record Power(Role Role, string? OnBehalf, bool Substitute)
{
    /// <summary>
    /// The requester neither decides nor lends the power by which it is decided. Over what others may do nobody decides by a
    /// lent power, nor the person whom it is about.
    /// </summary>
    public bool Decides(Approval approval, Officer officer, DateTimeOffset now) =>
        approval.RoleList.Contains(Role)
        && approval.Requester != officer.Login
        && approval.Requester != OnBehalf
        && (approval.Account is null || (OnBehalf is null && approval.Account != officer.Login))
        && approval.Rank <= officer.Clearance
        && (!Substitute || now >= approval.SubstitutesFrom);
}

/// <summary>By what an officer may decide at this moment.</summary>
internal sealed class ApprovalPowers(Database database, TimeProvider clock)
{
    public async Task<IReadOnlyList<Power>> OfAsync(Officer officer, CancellationToken cancellation)
    {
        // A lent power is as good as its lender: gone with the lender's role or account.
        const string sql = """
            SELECT d.role, d.from_login, d.mode FROM delegation d
            JOIN account a ON a.login = d.from_login AND a.active
            JOIN account_role r ON r.account = a.id AND r.role = d.role
            WHERE d.to_login = @Login AND d.from_at <= @Now AND d.until_at > @Now AND d.revoked_at IS NULL
            """;
        var values = new { officer.Login, Now = clock.GetUtcNow() };
        var lent = await database.ReadAsync(c => c.ListAsync<Lent>(sql, values, cancellation), cancellation);
        return
        [
            .. officer.Roles.Select(role => new Power(role, null, false)),
            .. lent.Select(row => new Power(Enum.Parse<Role>(row.Role), row.FromLogin, row.Mode == "substitute")),
        ];
    }

    private sealed record Lent
    {
        public required string Role { get; init; }
        public required string FromLogin { get; init; }
        public required string Mode { get; init; }
    }
}
