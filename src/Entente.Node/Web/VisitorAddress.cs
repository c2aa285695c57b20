using System.Net;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace Entente.Node.Web;

/// <summary>
/// Whose request it is where a reverse proxy stands before the pages: the proxy says so, and is believed when it is on this
/// machine or named in `node.json`. Without it everybody would have the proxy's address, share its limits, and be sent
/// cookies that travel without TLS.
/// </summary>
internal static class VisitorAddress
{
    /// <exception cref="InvalidOperationException">A proxy named in `node.json` is no address and no network.</exception>
    public static void UseVisitorAddress(this WebApplication app)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
        };
        foreach (var proxy in app.Services.GetRequiredService<NodeOptions>().Proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(proxy, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"proxies: '{proxy}' is neither an address nor a network.");
            }
        }

        app.UseForwardedHeaders(options);
    }
}
