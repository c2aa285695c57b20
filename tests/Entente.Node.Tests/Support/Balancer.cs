using System.Net;
using System.Net.Sockets;

namespace Entente.Node.Tests.Support;

/// <summary>Passes each connection on to the next of the instances that takes it: any balancer that knows nothing of us.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IReadOnlyList<int> _to;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _next;

    public Balancer(int port, IReadOnlyList<int> to)
    {
        _to = to;
        _listener = new TcpListener(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
    }

    private async Task PassAsync(TcpClient from)
    {
        using (from)
        using (var to = await ConnectAsync())
        {
            if (to is not null)
            {
                await Task.WhenAny(CopyAsync(from, to), CopyAsync(to, from));
            }
        }
    }

    private async Task<TcpClient?> ConnectAsync()
    {
        for (var i = 0; i < _to.Count; i++)
        {
            var client = new TcpClient { NoDelay = true };
            try
            {
                var port = _to[(int)((uint)Interlocked.Increment(ref _next) % (uint)_to.Count)];
                await client.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                return client;
            }
            catch (SocketException)
            {
                client.Dispose(); // This one is dead for the moment.
            }
        }

        return null;
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _stop.Token);
        }
        catch (IOException)
        {
            // One side is gone; the other is closed with it.
        }
    }
}
