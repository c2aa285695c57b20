namespace Entente.Node.Commands.Bench;

/// <summary>
/// What this machine allows: the bare operations that the protocol demands for a message, both nodes together, and bare
/// rows made durable in the embedded engine. No node does with less; none of ours is in it. What is demanded and what is
/// not: docs/performance.md.
/// </summary>
internal sealed record ExchangeLimit
{
    public required int Cores { get; init; }

    /// <summary>Messages in one envelope, as the measured run had them.</summary>
    public required double MessagesPerEnvelope { get; init; }

    public required IReadOnlyList<LimitPart> Parts { get; init; }

    /// <summary>Transactions of one row each, made durable one after the other.</summary>
    public required double CommitsPerSecond { get; init; }

    /// <summary>Of one message, both nodes together.</summary>
    public double Microseconds => Parts.Sum(part => part.Cost);

    /// <summary>Messages a second with every core busy with nothing else.</summary>
    public double MessagesPerSecond => Cores * 1e6 / Microseconds;

    public static async Task<ExchangeLimit> MeasureAsync(
        byte[] line,
        double messagesPerEnvelope,
        string folder,
        CancellationToken cancellation
    )
    {
        var each = Math.Max(1, (int)messagesPerEnvelope);
        var travels = line.Length * 4 / 3;
        var disk = new LimitDisk(folder, line, each);
        return new ExchangeLimit
        {
            Cores = Environment.ProcessorCount,
            MessagesPerEnvelope = messagesPerEnvelope,
            Parts =
            [
                .. new LimitOperations(line, Math.Max(1, messagesPerEnvelope)).Measure(),
                new(
                    "the line of TLS 1.3, both ends",
                    await LimitLine.MeasureAsync(travels, each * travels, cancellation),
                    1
                ),
                new("durable with the sender: line, leaf, envelope; receipt", disk.Sender(), 1),
                new("durable with the receiver: line, leaf, entry", disk.Receiver(), 1),
            ],
            CommitsPerSecond = disk.CommitsPerSecond(),
        };
    }
}
