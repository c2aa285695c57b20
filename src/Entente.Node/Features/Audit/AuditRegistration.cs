using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Audit;

internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<Alarms>();
        return services;
    }

    public static void MapAudit(this WebApplication app) { }
}
