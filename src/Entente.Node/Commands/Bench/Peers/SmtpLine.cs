using System.Net.Sockets;
using System.Text;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>One connection to a mail server that stays open for one mail after the other (RFC 5321).</summary>
internal sealed class SmtpLine : IDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _in;
    private readonly Stream _out;

    private SmtpLine(TcpClient client)
    {
        _client = client;
        _out = client.GetStream();
        _in = new StreamReader(_out, Encoding.ASCII);
    }

    public static async Task<SmtpLine> OpenAsync(int port, CancellationToken cancellation)
    {
        var line = new SmtpLine(await PeerServer.ConnectAsync("127.0.0.1", port, cancellation));
        await line.AnswerAsync(cancellation);
        await line.SayAsync("EHLO bench.invalid\r\n", cancellation);
        return line;
    }

    /// <summary>Returns when the server has said that it keeps it.</summary>
    /// <param name="body">Lines ended by CRLF, none beginning with a dot.</param>
    public async Task SendAsync(string from, string to, string headers, string body, CancellationToken cancellation)
    {
        await SayAsync($"MAIL FROM:<{from}@bench.invalid>\r\n", cancellation);
        await SayAsync($"RCPT TO:<{to}@bench.invalid>\r\n", cancellation);
        await SayAsync("DATA\r\n", cancellation);
        await SayAsync(
            $"From: {from}@bench.invalid\r\nTo: {to}@bench.invalid\r\n{headers}\r\n\r\n{body}\r\n.\r\n",
            cancellation
        );
    }

    public void Dispose()
    {
        _in.Dispose();
        _client.Dispose();
    }

    private async Task SayAsync(string text, CancellationToken cancellation)
    {
        await _out.WriteAsync(Encoding.ASCII.GetBytes(text), cancellation);
        await AnswerAsync(cancellation);
    }

    private async Task AnswerAsync(CancellationToken cancellation)
    {
        string? answer;
        do
        {
            answer = await _in.ReadLineAsync(cancellation);
        } while (answer is [_, _, _, '-', ..]);

        if (answer is not ['2' or '3', ..])
        {
            throw new InvalidOperationException($"The mail server said: {answer}");
        }
    }
}
