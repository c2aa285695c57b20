namespace Entente.Node.Commands.Bench;

/// <summary>What is asked of the nodes.</summary>
/// <param name="Messages">In the saturated phase.</param>
/// <param name="Size">Bytes of each message's line.</param>
/// <param name="Concurrency">Messages on their way at once when saturated.</param>
internal sealed record BenchLoad(int Messages, int Size, int Concurrency)
{
    public int Alone { get; init; } = 200;
    public int PacedRate { get; init; } = 100;
    public int Paced { get; init; } = 1000;
}

/// <summary>What one phase of the load came to.</summary>
internal sealed record BenchPhase
{
    public required string Name { get; init; }
    public required int Messages { get; init; }
    public required double Seconds { get; init; }

    /// <summary>From 'send' to the receipt, durable on both sides.</summary>
    public required Percentiles Milliseconds { get; init; }
    public required double SenderCpuSeconds { get; init; }
    public double ReceiverCpuSeconds { get; init; }

    /// <summary>How long the sender stood still to collect garbage.</summary>
    public double SenderPauseSeconds { get; init; }

    public required int Envelopes { get; init; }

    public double MessagesPerEnvelope => (double)Messages / Math.Max(1, Envelopes);

    public double Rate => Messages / Seconds;

    public double CpuMicrosecondsPerMessage => (SenderCpuSeconds + ReceiverCpuSeconds) * 1e6 / Messages;
}

internal sealed record Percentiles(double P50, double P95, double P99, double Most)
{
    public static Percentiles Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Percentiles(At(sorted, 0.50), At(sorted, 0.95), At(sorted, 0.99), At(sorted, 1));
    }

    private static double At(double[] sorted, double share) =>
        sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
