using System.Globalization;

namespace Entente.Node.Commands.Bench;

/// <summary>What the exchange reached, beside its limit on this machine.</summary>
internal sealed record ExchangeReport(BenchLoad Load, string Engine, IReadOnlyList<BenchPhase> Phases)
{
    public static async Task<ExchangeReport> MakeAsync(
        BenchLoad load,
        string? dir,
        string? postgres,
        Action<string> tell,
        CancellationToken cancellation
    )
    {
        var folder = Path.Combine(dir ?? Path.GetTempPath(), $"entente-bench-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            var phases = await new ExchangeBench(load, folder, postgres).RunAsync(tell, cancellation);
            return new ExchangeReport(load, postgres is null ? "SQLite" : "PostgreSQL", phases);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public void Print()
    {
        foreach (var phase in Phases)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{phase.Name, -10} {phase.Rate, 8:0} messages/s  p50 {phase.Milliseconds.P50, 7:0.0} ms  p95 {phase.Milliseconds.P95, 7:0.0}  p99 {phase.Milliseconds.P99, 7:0.0}  CPU {phase.CpuMicrosecondsPerMessage, 6:0} us a message ({phase.SenderCpuSeconds * 1e6 / phase.Messages:0} + {phase.ReceiverCpuSeconds * 1e6 / phase.Messages:0})"
                )
            );
        }
    }
}
