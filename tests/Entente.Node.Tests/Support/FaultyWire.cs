using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Entente.Node.Tests.Support;

/// <summary>
/// A loopback wire before a node's link door, and everything that can be wrong with one. Encrypted traffic passes through
/// it as it is.
/// </summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly int _to;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly Task _accepting;
    private volatile bool _losing;
    private volatile bool _down;
    private volatile bool _silent;
    private volatile bool _doubling;
    private volatile int _slow;

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

    /// <summary>How much it carries.</summary>
    public WireLimits Limits { get; } = new();

    /// <summary>Nothing gets through at all.</summary>
    public bool IsDown
    {
        get => _down;
        set => _down = value;
    }

    /// <summary>Half-open: connections stand, new ones are taken, and not a byte goes on until this ends.</summary>
    public bool IsSilent
    {
        get => _silent;
        set => _silent = value;
    }

    /// <summary>What arrives is played to the node a second time on a connection of its own, as a replaying middle would.</summary>
    public bool Doubles
    {
        get => _doubling;
        set => _doubling = value;
    }

    /// <summary>
    /// Most milliseconds that a piece of 4 KiB waits. Each connection draws its own, so that the later may overtake the
    /// earlier. 0 is as fast as the machine.
    /// </summary>
    public int Slowness
    {
        get => _slow;
        set => _slow = value;
    }

    /// <summary>Breaks every connection that stands, in the middle of whatever it carries.</summary>
    public void Break()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Client.Close(timeout: 0); // A reset, not a goodbye.
        }
    }

    /// <summary>As good as new. What stands is broken: half of it was lost.</summary>
    public void Heal()
    {
        (LosesAnswers, IsDown, IsSilent, Doubles, Slowness) = (false, false, false, false, 0);
        Break();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        Limits.Dispose();
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
        using (var server = new TcpClient { NoDelay = true })
        using (var second = new TcpClient())
        {
            client.NoDelay = true;
            _open[client] = true;
            try
            {
                if (_down)
                {
                    return;
                }

                await server.ConnectAsync(IPAddress.Loopback, _to, _stop.Token);
                if (_doubling)
                {
                    await second.ConnectAsync(IPAddress.Loopback, _to, _stop.Token);
                }

                var there = ThereAsync(client.GetStream(), server.GetStream(), second);
                var back = BackAsync(server.GetStream(), client.GetStream());
                await Task.WhenAny(there, back);
            }
            catch (Exception e)
                when (e is IOException or SocketException or OperationCanceledException or InvalidOperationException)
            {
                return; // A broken wire is what this is for.
            }
            finally
            {
                _open.TryRemove(client, out _);
            }
        }
    }

    private async Task ThereAsync(NetworkStream from, NetworkStream to, TcpClient second)
    {
        var buffer = new byte[4 * 1024];
        var sum = 0L;
        int read;
        while ((read = await from.ReadAsync(buffer, _stop.Token)) > 0)
        {
            await PassAsync();
            await Limits.PaceAsync(read, _stop.Token);
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
            if (second.Connected)
            {
                await RepeatAsync(second.GetStream(), buffer.AsMemory(0, read));
            }

            if (Limits.Breaks(read, ref sum))
            {
                return;
            }
        }
    }

    /// <summary>The node hangs up on a replay when it likes: that is no fault of the wire.</summary>
    private async Task RepeatAsync(NetworkStream to, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await to.WriteAsync(bytes, _stop.Token);
        }
        catch (IOException)
        {
            await to.DisposeAsync();
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

            await PassAsync();
            await to.WriteAsync(buffer.AsMemory(0, read), _stop.Token);
        }
    }

    private async Task PassAsync()
    {
        if (_slow > 0)
        {
            await Task.Delay(System.Security.Cryptography.RandomNumberGenerator.GetInt32(_slow + 1), _stop.Token);
        }

        while (_silent)
        {
            await Task.Delay(20, _stop.Token);
        }
    }
}
