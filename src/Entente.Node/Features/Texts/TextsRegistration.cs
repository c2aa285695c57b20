using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Texts;

internal static class TextsRegistration
{
    public static IServiceCollection AddTexts(this IServiceCollection services)
    {
        services.TryAddSingleton<Drafting>();
        services.TryAddSingleton<TextBook>();
        services.TryAddSingleton<TextProjector>();
        services.AddHostedService(p => p.GetRequiredService<TextProjector>());
        services.TryAddSingleton<TextOpening>();
        services.TryAddSingleton<DraftDesk>();
        services.TryAddSingleton<ClauseDesk>();
        services.TryAddSingleton<VersionDesk>();
        services.TryAddSingleton<DeskPost>();
        services.TryAddSingleton<TextSending>();
        services.TryAddSingleton<Signing>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IApprovalKind, SignApproval>());
        services.TryAddSingleton<TextTemplates>();
        services.TryAddSingleton<TextBeginnings>();
        services.TryAddSingleton<TextDocument>();
        services.TryAddSingleton<InstrumentEvidenceMaker>();
        services.AddSingleton(
            new NavItem("nav.texts", "/texts", "signature", 42, Role.Officer, Role.Supervisor, Role.Desk)
        );
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, TextReception>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeliveryWatcher, TextDelivery>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITextWatcher, TextInRecord>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IForgottenSending, TextRecovery>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IRecoveryWatcher, TextProjector>(p => p.GetRequiredService<TextProjector>())
        );
        return services;
    }

    public static void MapTexts(this WebApplication app) => TextDoors.Map(app);
}
