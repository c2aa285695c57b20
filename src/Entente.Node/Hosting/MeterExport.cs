using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Entente.Node.Hosting;

/// <summary>Sends the meters to an OpenTelemetry collector, for as long as the node runs.</summary>
internal sealed class MeterExport(NodeOptions options, string? endpoint) : IHostedService, IDisposable
{
    private MeterProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(r => r.AddService("entente", serviceInstanceId: options.Node))
            .AddMeter(
                NodeMeters.Name,
                "Microsoft.AspNetCore.Hosting",
                "Microsoft.AspNetCore.Server.Kestrel",
                "System.Net.Http",
                "System.Runtime",
                "Npgsql"
            )
            .AddOtlpExporter(exporter =>
            {
                // The OTEL_… variables go on saying everything else: protocol, headers, interval.
                if (endpoint is not null)
                {
                    exporter.Endpoint = new Uri(endpoint);
                }
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush(timeoutMilliseconds: 2000);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
