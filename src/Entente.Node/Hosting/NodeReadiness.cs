using System.Data.Common;
using Dapper;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Entente.Node.Hosting;

/// <summary>
/// May a load balancer send officers and partners here? The database answers, the ledger can be written, the certificate
/// that partners pinned is valid. Costs one small read: anybody on the network may ask.
/// </summary>
internal sealed class NodeReadiness(Database database, LedgerHealth ledger, NodeKeys keys, TimeProvider clock)
    : IHealthCheck
{
    private static readonly TimeSpan Warning = TimeSpan.FromDays(30);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var left = keys.Certificate.NotAfter.ToUniversalTime() - clock.GetUtcNow();
        var facts = new Dictionary<string, object>
        {
            ["database"] = await AnswersAsync(cancellationToken) ? "ok" : "does not answer",
            ["ledger"] = ledger.FailingSince is { } since ? $"cannot be written since {since:O}" : "ok",
            ["certificate"] = left < TimeSpan.Zero ? "expired" : $"{(int)left.TotalDays} days left",
        };
        if ((string)facts["database"] != "ok" || !ledger.CanWrite || left < TimeSpan.Zero)
        {
            return HealthCheckResult.Unhealthy(data: facts);
        }

        return left < Warning ? HealthCheckResult.Degraded(data: facts) : HealthCheckResult.Healthy(data: facts);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        const string sql = "SELECT COUNT(*) FROM schema_migration";
        try
        {
            return await database.ReadAsync(
                    c => c.ExecuteScalarAsync<int>(new CommandDefinition(sql, cancellationToken: cancellation)),
                    cancellation
                ) > 0;
        }
        catch (DbException)
        {
            return false;
        }
    }
}
