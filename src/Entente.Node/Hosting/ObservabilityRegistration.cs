using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;

namespace Entente.Node.Hosting;

/// <summary>Logs without content, health for load balancers, meters for the operator's collector.</summary>
internal static class ObservabilityRegistration
{
    private const string Ready = "ready";

    /// <summary>What every part of the node may count with, whether or not anybody collects it.</summary>
    public static IServiceCollection AddMeters(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<NodeMeters>();
        return services;
    }

    public static WebApplicationBuilder AddObservability(this WebApplicationBuilder builder, NodeOptions options)
    {
        AddLogs(builder.Logging, options, Environment.GetEnvironmentVariable("ENTENTE_LOG"));
        builder.Services.AddHealthChecks().AddCheck<NodeReadiness>(Ready, tags: [Ready]);
        if ((options.Metrics ?? Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")) is not null)
        {
            builder.Services.AddHostedService(_ => new MeterExport(options, options.Metrics));
        }

        return builder;
    }

    public static void MapObservability(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks(
                "/health/ready",
                new HealthCheckOptions { Predicate = c => c.Tags.Contains(Ready), ResponseWriter = WriteAsync }
            )
            .AllowAnonymous();
    }

    /// <summary>One line for a person at a terminal, one JSON object for a collector.</summary>
    internal static void AddLogs(ILoggingBuilder logging, NodeOptions options, string? level)
    {
        logging.ClearProviders();
        var least = Enum.TryParse<LogLevel>(level ?? options.Log, ignoreCase: true, out var chosen)
            ? chosen
            : LogLevel.Information;
        logging.SetMinimumLevel(least);
        // The framework's own chatter names addresses of pages, which name cases.
        var framework = least > LogLevel.Warning ? least : LogLevel.Warning;
        logging.AddFilter("Microsoft", framework);
        logging.AddFilter("System.Net.Http", framework);
        logging.AddFilter("Microsoft.Hosting.Lifetime", least);
        // Standard output belongs to what a command was asked to print.
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Console.IsErrorRedirected)
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
                console.ColorBehavior = LoggerColorBehavior.Default;
            });
        }
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        var facts = report.Entries.Values.SelectMany(e => e.Data).ToDictionary(f => f.Key, f => f.Value);
        return context.Response.WriteAsync(
            JsonSerializer.Serialize(new { status = report.Status.ToString().ToLowerInvariant(), checks = facts }),
            context.RequestAborted
        );
    }
}
