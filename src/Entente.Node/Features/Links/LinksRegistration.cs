namespace Entente.Node.Features.Links;

internal static class LinksRegistration
{
    public static IServiceCollection AddLinks(this IServiceCollection services) =>
        services.AddSingleton<LinkDirectory>();

    public static void MapLinks(this WebApplication app) { }
}
