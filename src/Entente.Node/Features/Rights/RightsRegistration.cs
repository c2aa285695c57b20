using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Rights;

internal static class RightsRegistration
{
    public static IServiceCollection AddRights(this IServiceCollection services)
    {
        services.TryAddSingleton<RightsBook>();
        services.TryAddSingleton<HeldData>();
        services.TryAddSingleton<LetterWriter>();
        services.TryAddSingleton<RightsDesk>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApprovalKind, RightsLetterApproval>());
        services.AddSingleton(
            new NavItem("nav.rights", "/rights", "user-question", 74, Role.Protection, Role.Supervisor)
        );
        return services;
    }

    public static void MapRights(this WebApplication app) => app.MapRightsDoors();
}
