namespace Entente.Node.Features.Accounts;

/// <summary>An account to open.</summary>
internal sealed record NewAccount
{
    /// <summary>Who opens it: a login, or `node` at the command line.</summary>
    public required string By { get; init; }

    public required string Login { get; init; }

    public required string Name { get; init; }

    /// <summary>Slug of a unit that exists.</summary>
    public required string Unit { get; init; }

    public required IReadOnlyList<Role> Roles { get; init; }

    public required int Clearance { get; init; }

    public string? Language { get; init; }

    /// <summary>The first sign-in must choose a new password (the default), or the generated one stays.</summary>
    public bool MustChangePassword { get; init; } = true;

    /// <summary>Make the one-time-code secret now and hand it out; otherwise the first sign-in enrols it.</summary>
    public bool EnrolTotp { get; init; }
}

/// <summary>What was generated. It is shown once and kept nowhere in clear.</summary>
/// <param name="TotpSecret">Base32; null where the first sign-in enrols it.</param>
internal sealed record OpenedAccount(string Id, string Password, string? TotpSecret);
