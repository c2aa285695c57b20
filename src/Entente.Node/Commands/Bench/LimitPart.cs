namespace Entente.Node.Commands.Bench;

/// <summary>One bare operation that the protocol demands.</summary>
/// <param name="Microseconds">Of one.</param>
/// <param name="Times">How often for one message, both nodes together; less than once where an envelope shares it.</param>
internal sealed record LimitPart(string What, double Microseconds, double Times)
{
    public double Cost => Microseconds * Times;
}
