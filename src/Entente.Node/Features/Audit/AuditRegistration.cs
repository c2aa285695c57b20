using Entente.Node.Web;
using Entente.Node.Web.Navigation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Audit;

internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.TryAddSingleton<Alarms>();
        services.TryAddSingleton<LedgerBook>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INavCount, Alarms>(p => p.GetRequiredService<Alarms>()));
        services.AddSingleton(new NavItem("nav.alarms", Alarms.Page, "bell", 72, LedgerReaders.ForAlarms));
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
