namespace Entente.Node.Features.Accounts;

/// <summary>What an account opens, and to whom.</summary>
public sealed record AccountStanding(
    string Name,
    string Unit,
    IReadOnlyList<Role> Roles,
    int Clearance,
    bool Active = true
)
{
    internal static AccountStanding Of(Account account) =>
        new(account.Name, account.Unit, [.. account.Roles.Order()], account.Clearance, account.Active);

    internal static AccountStanding Of(NewAccount account) =>
        new(account.Name, account.Unit, [.. account.Roles.Order()], account.Clearance);

    /// <summary>
    /// A role, a higher clearance, another unit's papers, or an account that was closed. A role given to a closed account is
    /// given: whoever reopens it later might not look.
    /// </summary>
    public bool Gives(AccountStanding before) =>
        Roles.Except(before.Roles).Any()
        || Clearance > before.Clearance
        || Unit != before.Unit
        || (Active && !before.Active);

    /// <summary>All but the name.</summary>
    public bool OpensTheSame(AccountStanding other) =>
        (Unit, Clearance, Active) == (other.Unit, other.Clearance, other.Active)
        && Roles.ToHashSet().SetEquals(other.Roles);

    public bool IsAs(AccountStanding other) => Name == other.Name && OpensTheSame(other);
}
