using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Transfers;

internal static class TransfersRegistration
{
    public static IServiceCollection AddTransfers(this IServiceCollection services)
    {
        services.TryAddSingleton<TransferReading>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMessageFollowing, TransferFollower>());
        services.TryAddSingleton<TransferBook>();
        services.TryAddSingleton<ProcessingRecord>();
        services.AddSingleton(
            new NavItem(
                "nav.transfers",
                "/transfers",
                "file-description",
                72,
                Role.Protection,
                Role.Auditor,
                Role.Supervisor
            )
        );
        return services;
    }

    public static void MapTransfers(this WebApplication app) => app.MapTransferDoors();
}
