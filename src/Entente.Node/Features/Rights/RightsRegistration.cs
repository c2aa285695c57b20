using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Rights;

internal static class RightsRegistration
{
    public static IServiceCollection AddRights(this IServiceCollection services)
    {
        services.TryAddSingleton<RightsBook>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<KeptRegister, RightsRegister>());
        services.TryAddSingleton<TextIndex>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IMessageFollowing, TextIndex>(p => p.GetRequiredService<TextIndex>())
        );
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IErasureWatcher, TextIndex>(p => p.GetRequiredService<TextIndex>())
        );
        services.TryAddSingleton<HeldData>();
        services.TryAddSingleton<LetterWriter>();
        services.TryAddSingleton<RightsDesk>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApprovalKind, RightsLetterApproval>());
        services.AddSingleton(new NavItem("nav.rights", "/rights", "user-question", 74, Role.Protection));
        return services;
    }

    public static void MapRights(this WebApplication app) => app.MapRightsDoors();
}
