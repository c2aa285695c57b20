using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Recovery;
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
        services.TryAddSingleton<CardArchive>();
        services.TryAddSingleton<LinkDirectory>();
        services.TryAddSingleton<LinkCeremony>();
        services.TryAddSingleton<LinkTerms>();
        services.TryAddSingleton<CardOffer>();
        services.TryAddSingleton<TermsRows>();
        services.TryAddSingleton<TermsDesk>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, TermsReception>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IForgottenSending, TermsRecovery>());
        return services;
    }

    /// <summary>Takes the link's connections out of the pipeline before anything of the pages sees them.</summary>
    /// <param name="routes">What stands behind the door.</param>
    public static void UseLinkDoor(this WebApplication app, Action<IApplicationBuilder> routes)
    {
        app.MapWhen(
            context => context.Features.Get<LinkConnection>() is not null,
            branch =>
            {
                branch.UseMiddleware<LinkDoor>();
                routes(branch);
            }
        );
        // The pages' door never answers for the link's, not even by asking who is there.
        app.MapWhen(
            context => context.Request.Path.StartsWithSegments("/link", StringComparison.Ordinal),
            branch =>
                branch.Run(context =>
                    LinkProblem.WriteAsync(
                        context,
                        StatusCodes.Status404NotFound,
                        "not-found",
                        "There is nothing here."
                    )
                )
        );
    }

    public static void MapLinks(this WebApplication app)
    {
        app.MapGet("/links/card", CardDoor.DownloadAsync).RequireAuthorization(nameof(Role.Security));
        app.MapTerms();
    }
}
