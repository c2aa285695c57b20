using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Activities;

internal static class ActivitiesRegistration
{
    public static IServiceCollection AddActivities(this IServiceCollection services)
    {
        services.TryAddSingleton<ActivityProjection>();
        services.TryAddSingleton<ActivityBook>();
        services.TryAddSingleton<ActivityFigures>();
        services.TryAddSingleton<ActivityDesk>();
        services.TryAddSingleton<ActivityPages>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, ActivityReception>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IForgottenSending, ActivityReception>());
        services.AddSingleton(
            new NavItem("nav.activities", "/activities", "users-group", 43, Role.Officer, Role.Supervisor, Role.Desk)
        );
        return services;
    }
}
