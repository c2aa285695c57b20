using Entente.Node.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Audit;

internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<Alarms>();
        services.TryAddSingleton<LedgerBook>();
        return services;
    }

    public static void MapAudit(this WebApplication app)
    {
        app.MapGet("/ledger/export", LedgerExport.WriteAsync)
            .RequireAuthorization(new AuthorizeAttribute { Roles = LedgerReaders.Roles });
        app.MapGroup("/ledger/alarms")
            .RequireFormToken()
            .MapPost("/{id}/dismiss", AlarmDoor.Dismiss)
            .RequireAuthorization(new AuthorizeAttribute { Roles = LedgerReaders.AlarmRoles });
    }
}
