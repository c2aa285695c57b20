using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Hosting;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Retention;

internal static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.TryAddSingleton<RetentionPeriods>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMessageFollowing, RetentionFollower>());
        services.TryAddSingleton<OpenCases>();
        services.TryAddSingleton<CaseErasure>();
        services.TryAddSingleton<Extensions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApprovalKind, ExtensionApproval>());
        services.TryAddSingleton(provider => provider.GetRequiredService<NodeOptions>().Registers);
        services.TryAddSingleton<RegisterDesk>();
        services.TryAddSingleton<RetentionDesk>();
        services.TryAddSingleton<RetentionBook>();
        services.TryAddSingleton<RetentionSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<RetentionSweep>());
        services.AddSingleton(
            new NavItem("nav.retention", "/retention", "archive", 71, Role.Protection, Role.Supervisor)
        );
        return services;
    }

    public static void MapRetention(this WebApplication app) => app.MapRetentionDoors();
}
