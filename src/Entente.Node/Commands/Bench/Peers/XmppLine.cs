using System.Net.Sockets;
using System.Text;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>An officer's connection to his server (RFC 6120), as little of it as a message and its receipt need.</summary>
internal sealed class XmppLine : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly StringBuilder _read = new();

    private XmppLine(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<XmppLine> OpenAsync(string domain, int port, CancellationToken cancellation)
    {
        var line = new XmppLine(await PeerServer.ConnectAsync(domain, port, cancellation));
        var stream =
            $"<stream:stream to='{domain}' version='1.0' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";
        var secret = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"\0{ProsodyServer.Officer}\0{ProsodyServer.Password}")
        );
        await line.AskAsync(stream, "</stream:features>", cancellation);
        await line.AskAsync(
            $"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>",
            "<success",
            cancellation
        );
        line._read.Clear();
        await line.AskAsync(stream, "</stream:features>", cancellation);
        await line.AskAsync(
            "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>x</resource></bind></iq>",
            "</iq>",
            cancellation
        );
        await line.SayAsync("<presence/>", cancellation);
        return line;
    }

    public async Task SayAsync(string text, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The next message as it came; what is no message is passed over.</summary>
    public async Task<string> NextAsync(CancellationToken cancellation)
    {
        var message = await UntilAsync("</message>", cancellation);
        var from = message.IndexOf("<message", StringComparison.Ordinal);
        return message[from..];
    }

    public void Dispose()
    {
        _writing.Dispose();
        _client.Dispose();
    }

    private async Task AskAsync(string text, string end, CancellationToken cancellation)
    {
        await SayAsync(text, cancellation);
        await UntilAsync(end, cancellation);
    }

    private async Task<string> UntilAsync(string end, CancellationToken cancellation)
    {
        var looked = 0;
        while (true)
        {
            var text = _read.ToString(looked, _read.Length - looked);
            if (text.IndexOf(end, StringComparison.Ordinal) is var at and >= 0)
            {
                var found = _read.ToString(0, looked + at + end.Length);
                _read.Remove(0, found.Length);
                return found;
            }

            looked = Math.Max(0, _read.Length - end.Length);
            var count = await _stream.ReadAsync(_buffer, cancellation);
            if (count == 0)
            {
                throw new InvalidOperationException($"The server closed the stream: {_read}");
            }

            _read.Append(Encoding.UTF8.GetString(_buffer, 0, count));
        }
    }
}
