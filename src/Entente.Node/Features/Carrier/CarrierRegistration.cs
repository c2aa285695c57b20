using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Carrier;

internal static class CarrierRegistration
{
    public static IServiceCollection AddCarrier(this IServiceCollection services)
    {
        services.TryAddSingleton<CarriedReceipts>();
        services.TryAddSingleton<CarriedAnswer>();
        services.TryAddSingleton<CarriedRecovery>();
        services.TryAddSingleton<CarrierExport>();
        services.TryAddSingleton<CarrierImport>();
        return services;
    }
}
