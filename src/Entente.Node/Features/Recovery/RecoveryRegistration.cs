using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Recovery;

internal static class RecoveryRegistration
{
    public static IServiceCollection AddRecovery(this IServiceCollection services)
    {
        services.TryAddSingleton<RecoveryBook>();
        services.TryAddSingleton<RecoveryShelf>();
        services.TryAddSingleton<Restorations>();
        services.TryAddSingleton<RecoveryDoor>();
        services.TryAddSingleton<RecoveryClient>();
        services.TryAddSingleton<ReturnedCheck>();
        services.TryAddSingleton<ReturnedFiles>();
        services.TryAddSingleton<ReturnedKeeping>();
        services.TryAddSingleton<RecoveryRound>();
        services.TryAddSingleton<PartnerRecovery>();
        return services;
    }
}
