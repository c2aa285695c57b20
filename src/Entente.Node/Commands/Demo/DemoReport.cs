namespace Entente.Node.Commands.Demo;

/// <summary>What `entente demo --once --json` prints: one object, its counts taken from what the nodes did and keep.</summary>
internal sealed record DemoReport
{
    public required int Nodes { get; init; }

    public required int Links { get; init; }

    public required int Readings { get; init; }

    public required int Sent { get; init; }

    public required int Delivered { get; init; }

    public required int ReceiptsVerified { get; init; }

    public required int LedgersVerified { get; init; }

    public required int ChainsVerified { get; init; }

    public required int Refusals { get; init; }

    public required double Seconds { get; init; }

    /// <summary>Each step of the scenario that did not hold, in words; empty when all did.</summary>
    public required IReadOnlyList<string> Failures { get; init; }
}
