using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Breach;

internal static class BreachRegistration
{
    public static IServiceCollection AddBreach(this IServiceCollection services)
    {
        services.TryAddSingleton<BreachBook>();
        services.TryAddSingleton<BreachDesk>();
        services.TryAddSingleton<BreachNotices>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<KeptRegister, BreachRegister>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, BreachReception>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IForgottenSending, BreachRecovery>());
        services.AddSingleton(
            new NavItem("nav.breach", "/breaches", "alert-octagon", 73, Role.Protection, Role.Security)
        );
        return services;
    }

    public static void MapBreach(this WebApplication app) => app.MapBreachDoors();
}
