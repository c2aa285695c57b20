using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Derivations;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Recovery;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Corrections;

internal static class CorrectionsRegistration
{
    public static IServiceCollection AddCorrections(this IServiceCollection services)
    {
        services.TryAddSingleton<CorrectionBook>();
        services.TryAddSingleton<CorrectionMessages>();
        services.TryAddSingleton<CorrectionNotices>();
        services.TryAddSingleton<DerivationBook>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IDerivations, DerivationBook>(p => p.GetRequiredService<DerivationBook>())
        );
        services.TryAddSingleton<CorrectionTraces>();
        services.TryAddSingleton<CorrectionWords>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IErasureWatcher, CorrectionWords>(p => p.GetRequiredService<CorrectionWords>())
        );
        services.TryAddSingleton<CorrectionDesk>();
        services.TryAddSingleton<CorrectionChoices>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDerivations, CaseDerivations>());
        services.TryAddSingleton<CorrectionReception>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IReception, CorrectionReception>(p =>
                p.GetRequiredService<CorrectionReception>()
            )
        );
        services.TryAddSingleton<CorrectionRecovery>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IForgottenSending, CorrectionRecovery>(p =>
                p.GetRequiredService<CorrectionRecovery>()
            )
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRecoveryWatcher, CorrectionCompletion>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeliveryWatcher, CorrectionDelivery>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IWithdrawn, CorrectionBook>(p => p.GetRequiredService<CorrectionBook>())
        );
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<INavCount, CorrectionBook>(p => p.GetRequiredService<CorrectionBook>())
        );
        services.AddSingleton(
            new NavItem(
                "nav.corrections",
                "/corrections",
                "refresh",
                25,
                Role.Officer,
                Role.Supervisor,
                Role.Protection
            )
        );
        return services;
    }

    public static void MapCorrections(this WebApplication app) => app.MapCorrectionDoors();
}
