using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Protection;

internal static class ProtectionRegistration
{
    public static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.TryAddSingleton<ProtectionBook>();
        services.TryAddSingleton<ProtectionDesk>();
        services.TryAddSingleton<AssuranceBook>();
        return services;
    }
}
