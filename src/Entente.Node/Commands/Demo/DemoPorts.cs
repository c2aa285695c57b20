using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Entente.Node.Commands.Demo;

/// <summary>Where the demo's nodes listen: the same ports each time, or any free ones.</summary>
internal static class DemoPorts
{
    private const int First = 8801;
    private const int FirstFree = 20_000;
    private const int LastFree = 32_000;

    // Whoever was given one may not listen on it yet.
    private static readonly ConcurrentDictionary<int, bool> Given = [];

    public static Func<int> Fixed()
    {
        var next = First;
        return () => next++;
    }

    public static Func<int> Free() => Next;

    /// <summary>
    /// A port that nothing listens on, below the range that systems take outgoing connections' ports from: a node that is
    /// stopped and started again finds it still free.
    /// </summary>
    public static int Next()
    {
        if (Given.Count > (LastFree - FirstFree) / 2)
        {
            Given.Clear(); // Those given first are taken by now, or not wanted any more.
        }

        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstFree, LastFree);
            if (IsFree(port) && Given.TryAdd(port, true))
            {
                return port;
            }
        }
    }

    /// <summary>The first of the nodes' ports that something else holds; null when all are free.</summary>
    public static int? Taken(IEnumerable<DemoNode> nodes)
    {
        foreach (var port in nodes.SelectMany(n => (int[])[n.PagesPort, n.LinkPort]))
        {
            if (!IsFree(port))
            {
                return port;
            }
        }

        return null;
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false; // Somebody listens there.
        }
    }
}
