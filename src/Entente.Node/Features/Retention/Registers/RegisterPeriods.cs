namespace Entente.Node.Features.Retention.Registers;

/// <summary>
/// How long entries of the registers (persons' rights, breaches) are kept once they are closed: `registers` in `node.json`.
/// They are the controller's own records; national law says how long, where it does.
/// </summary>
public sealed record RegisterPeriods
{
    /// <summary>Months until somebody looks whether an entry is still needed, and again after that. Default 12.</summary>
    public int ReviewMonths { get; init; } = 12;

    /// <summary>Months until it is erased. Default 36.</summary>
    public int EraseMonths { get; init; } = 36;

    public DateTimeOffset Review(DateTimeOffset closed) => closed.AddMonths(Math.Clamp(ReviewMonths, 1, 600));

    public DateTimeOffset Erase(DateTimeOffset closed) => closed.AddMonths(Math.Clamp(EraseMonths, 1, 600));
}
