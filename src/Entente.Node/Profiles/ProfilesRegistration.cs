using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Profiles;

internal static class ProfilesRegistration
{
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.TryAddSingleton<LegalProfiles>();
        services.TryAddSingleton<MarkingBook>();
        return services;
    }
}
