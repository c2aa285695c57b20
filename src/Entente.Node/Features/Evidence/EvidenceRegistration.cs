using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Evidence;

internal static class EvidenceRegistration
{
    public static IServiceCollection AddEvidence(this IServiceCollection services)
    {
        services.TryAddSingleton<PartnerLeaves>();
        services.TryAddSingleton<EvidenceMaker>();
        services.TryAddSingleton<EvidenceDesk>();
        return services;
    }

    public static void MapEvidence(this WebApplication app) => app.MapEvidenceDoors();
}
