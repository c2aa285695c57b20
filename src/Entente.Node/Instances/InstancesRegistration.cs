using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Instances;

internal static class InstancesRegistration
{
    public static IServiceCollection AddInstances(this IServiceCollection services)
    {
        services.TryAddSingleton<InstanceBell>();
        services.AddHostedService(p => p.GetRequiredService<InstanceBell>());
        services.AddHostedService<InstanceNews>();
        return services;
    }
}
