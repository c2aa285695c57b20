using Entente.Node.Features.Delivery;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Protection;

internal static class ProtectionRegistration
{
    public static IServiceCollection AddProtection(this IServiceCollection services)
    {
        services.TryAddSingleton<ProtectionBook>();
        services.TryAddSingleton<ProtectionDesk>();
        services.TryAddSingleton<AssuranceBook>();
        services.TryAddSingleton<QuarantineDesk>();
        services.TryAddSingleton<KeptBell>();
        services.TryAddSingleton<KeptDrafts>();
        services.TryAddSingleton<SeenMessages>();
        services.TryAddSingleton<Departures>();
        services.TryAddSingleton<KeptDelivery>();
        services.TryAddSingleton<AnswerRelease>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IErasureWatcher, KeptDrafts>(s => s.GetRequiredService<KeptDrafts>())
        );
        services.AddHostedService<ReleaseService>();
        return services;
    }
}
