namespace Entente.Node.Features.Accounts;

/// <summary>One line of the list of accounts.</summary>
internal sealed record AccountEntry
{
    public required string Id { get; init; }

    public required string Login { get; init; }

    public required string Name { get; init; }

    public required string Unit { get; init; }

    public int Clearance { get; init; }

    public bool Active { get; init; }

    public bool TotpEnrolled { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Comma separated names of <see cref="Role"/>.</summary>
    public string? RoleNames { get; init; }

    public IReadOnlyList<Role> Roles =>
        [.. (RoleNames ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<Role>).Order()];
}
