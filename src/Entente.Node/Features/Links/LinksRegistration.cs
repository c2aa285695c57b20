using Entente.Node.Hosting;
using Entente.Node.Storage;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Links;

internal static class LinksRegistration
{
    public static IServiceCollection AddLinks(this IServiceCollection services)
    {
        services.TryAddSingleton(p =>
            NodeKeys.Load(p.GetRequiredService<NodeHome>(), p.GetRequiredService<MasterKey>())
        );
        services.TryAddSingleton<OwnCard>();
        services.TryAddSingleton<LinkDirectory>();
        services.TryAddSingleton<LinkCeremony>();
        return services;
    }

    public static void MapLinks(this WebApplication app) { }
}
