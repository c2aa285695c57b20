namespace Entente.Node.Features.Retention.Registers;

/// <summary>An entry of a register, as its review shows it.</summary>
public sealed record RegisterEntry
{
    public required string Id { get; init; }

    /// <summary>The register's.</summary>
    public string Code { get; init; } = "";
    public required DateTimeOffset ClosedAt { get; init; }
    public required DateTimeOffset ReviewAt { get; init; }
    public required DateTimeOffset EraseAt { get; init; }
}
