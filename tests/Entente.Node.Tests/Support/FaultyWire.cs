using System.Net;
using System.Net.Sockets;

namespace Entente.Node.Tests.Support;

/// <summary>
/// A loopback wire between a node and its partner that can lose answers: the request arrives, the connection breaks before
/// the answer does. Encrypted traffic passes through it as it is.
/// </summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _to;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile bool _losing;
    private volatile bool _down;

    public FaultyWire(int from, int to)
    {
        _to = to;
        _listener = new TcpListener(IPAddress.Loopback, from);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Answers that carry application data are lost from now on, or no longer.</summary>
    public bool LosesAnswers
    {
        get => _losing;
        set => _losing = value;
    }

    /// <summary>Nothing gets through at all.</summary>
    public bool IsDown
    {
        get => _down;
        set => _down = value;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = CarryAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (SocketException)
        {
            return;
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                if (_down)
                {
                    return;
                }

                await server.ConnectAsync(IPAddress.Loopback, _to, _stop.Token);
                var there = client.GetStream().CopyToAsync(server.GetStream(), _stop.Token);
                var back = BackAsync(server.GetStream(), client.GetStream());
                await Task.WhenAny(there, back);
            }
            catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
            {
                return; // A broken wire is what this is for.
            }
        }
    }

    private async Task BackAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        var handshake = 2; // The first flights of the server are the handshake's and the session tickets'.
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            if (_losing && handshake-- <= 0)
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }
}
