using System.Globalization;
using System.Text.Json.Serialization;
using Entente.Node.Commands.Demo;

namespace Entente.Node.Commands.Bench;

/// <summary>What the exchange reached, beside its limit on this machine, measured in the same run.</summary>
internal sealed record ExchangeReport(
    BenchLoad Load,
    string Engine,
    IReadOnlyList<BenchPhase> Phases,
    ExchangeLimit Limit
)
{
    /// <summary>Messages a second when saturated, as a share of the limit.</summary>
    public double RatioToLimit => Saturated.Rate / Limit.MessagesPerSecond;

    [JsonIgnore]
    private BenchPhase Saturated => Phases[^1];

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
            tell("limit");
            var limit = await ExchangeLimit.MeasureAsync(
                BenchMessages.Line(load.Size),
                phases[^1].MessagesPerEnvelope,
                folder,
                cancellation
            );
            return new ExchangeReport(load, postgres is null ? "SQLite" : "PostgreSQL", phases, limit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            if (postgres is not null)
            {
                await BenchSchema.DropAsync(postgres, CancellationToken.None);
            }
        }
    }

    public void Print()
    {
        Say($"{Engine}, {Load.Size} bytes a message, {Load.Concurrency} on their way at once when saturated");
        Say(
            $"{"", -10} {"a second", 10} {"p50 ms", 8} {"p95 ms", 8} {"p99 ms", 8}   CPU us a message (sender + receiver)"
        );
        foreach (var p in Phases)
        {
            var ms = p.Milliseconds;
            Say(
                $"{p.Name, -10} {p.Rate, 10:0} {ms.P50, 8:0.0} {ms.P95, 8:0.0} {ms.P99, 8:0.0}   {p.CpuMicrosecondsPerMessage:0} ({p.SenderCpuSeconds * 1e6 / p.Messages:0} + {p.ReceiverCpuSeconds * 1e6 / p.Messages:0})"
            );
        }

        var l = Limit;
        Say($"Limit of this machine ({l.Cores} cores), {l.MessagesPerEnvelope:0} messages an envelope, both nodes:");
        foreach (var part in l.Parts)
        {
            Say(
                $"  {part.Cost, 6:0.0} us a message  {part.What} ({part.Microseconds:0.0} us, {part.Times:0.###} times)"
            );
        }

        Say(
            $"  {l.MessagesPerSecond:0} messages a second ({l.Microseconds:0} us); reached {RatioToLimit:0%} of it. {l.CommitsPerSecond:0} commits of one row a second"
        );
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
