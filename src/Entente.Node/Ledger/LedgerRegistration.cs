using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Ledger;

internal static class LedgerRegistration
{
    public static IServiceCollection AddLedger(this IServiceCollection services)
    {
        services.TryAddSingleton<LedgerHealth>();
        services.TryAddSingleton<LedgerLog>();
        services.TryAddSingleton<LedgerFollower>();
        services.TryAddSingleton<Witness>();
        services.TryAddSingleton<HeadKeeper>();
        services.AddHostedService<LedgerProbe>();
        services.AddHostedService(p => p.GetRequiredService<HeadKeeper>());
        return services;
    }
}
