using System.Net;
using System.Security.Authentication;
using Entente.Node.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Entente.Node.Features.Links;

/// <summary>Kestrel's two doors: the officers' pages, and the partners' link with mutual TLS.</summary>
internal static class LinkEndpoint
{
    // Slower than this for longer than the grace is a broken line or a trickle attack; both may try again.
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(10));

    public static WebApplicationBuilder AddLinkEndpoint(this WebApplicationBuilder builder, NodeOptions options)
    {
        builder.WebHost.ConfigureKestrel(
            (_, kestrel) =>
            {
                kestrel.AddServerHeader = false;
                kestrel.Limits.MinRequestBodyDataRate = SlowestBody;
                kestrel.Limits.Http2.MaxStreamsPerConnection = 32;
                var keys = kestrel.ApplicationServices.GetRequiredService<NodeKeys>();
                Listen(kestrel, new Uri(options.Pages), listen => Pages(listen, options, keys));
                Listen(kestrel, new Uri(options.LinkListen ?? options.Link), listen => Link(listen, keys));
            }
        );
        return builder;
    }

    private static void Pages(ListenOptions listen, NodeOptions options, NodeKeys keys)
    {
        if (options.Pages.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        {
            listen.UseHttps(keys.Certificate);
        }
    }

    private static void Link(ListenOptions listen, NodeKeys keys)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(
            new HttpsConnectionAdapterOptions
            {
                ServerCertificate = keys.Certificate,
                SslProtocols = SslProtocols.Tls13,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                // Possession of the key is proven by the handshake. Whose it is, and that its link is active, the door
                // checks against the cards: there it can answer in words, where a handshake can only hang up.
                ClientCertificateValidation = (_, _, _) => true,
            }
        );
        listen.Use(next =>
            connection =>
            {
                connection.Features.Set(LinkConnection.Mark);
                return next(connection);
            }
        );
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, configure);
        }
        else if (address.Host != "localhost")
        {
            kestrel.ListenAnyIP(address.Port, configure);
        }
        else if (address.Port == 0)
        {
            // A free port cannot be asked for on both loopback addresses at once.
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        }
        else
        {
            kestrel.ListenLocalhost(address.Port, configure);
        }
    }
}

/// <summary>Stands on every connection that came in through the link door, and on no other.</summary>
internal sealed class LinkConnection
{
    public static readonly LinkConnection Mark = new();

    private LinkConnection() { }
}
