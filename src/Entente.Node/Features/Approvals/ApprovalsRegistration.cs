using Entente.Node.Features.Delivery;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Approvals;

internal static class ApprovalsRegistration
{
    public static IServiceCollection AddApprovals(this IServiceCollection services)
    {
        services.TryAddSingleton<ApprovalRows>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IErasureWatcher, ErasedApprovals>());
        services.TryAddSingleton<ApprovalPowers>();
        services.TryAddSingleton<ApprovalDesk>();
        services.TryAddSingleton<ApprovalBook>();
        services.TryAddSingleton<DelegationDesk>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<INavCount, ApprovalCount>());
        return services;
    }
}
