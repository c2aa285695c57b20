using System.Net;
using System.Net.Sockets;

namespace Entente.Node.Commands.Demo;

/// <summary>Where the demo's nodes listen: the same ports each time, or any free ones.</summary>
internal static class DemoPorts
{
    private const int First = 8801;

    public static Func<int> Fixed()
    {
        var next = First;
        return () => next++;
    }

    public static Func<int> Free() =>
        () =>
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        };

    /// <summary>The first of the nodes' ports that something else holds; null when all are free.</summary>
    public static int? Taken(IEnumerable<DemoNode> nodes)
    {
        foreach (var port in nodes.SelectMany(n => (int[])[n.PagesPort, n.LinkPort]))
        {
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
            }
            catch (SocketException)
            {
                return port;
            }
        }

        return null;
    }
}
