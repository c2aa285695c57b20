using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Profiles;

internal static class ProfilesRegistration
{
    public static IServiceCollection AddProfiles(this IServiceCollection services)
    {
        services.TryAddSingleton<OwnProfiles>();
        services.TryAddSingleton(provider => new LegalProfiles(provider.GetRequiredService<OwnProfiles>().Sound));
        services.TryAddSingleton<MarkingBook>();
        return services;
    }
}
