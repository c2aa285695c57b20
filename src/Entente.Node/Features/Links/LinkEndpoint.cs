using Entente.Node.Hosting;

namespace Entente.Node.Features.Links;

/// <summary>Kestrel's two doors: the officers' pages, and the partners' link with mutual TLS.</summary>
internal static class LinkEndpoint
{
    public static WebApplicationBuilder AddLinkEndpoint(this WebApplicationBuilder builder, NodeOptions options)
    {
        builder.WebHost.UseUrls(options.Pages);
        return builder;
    }
}
