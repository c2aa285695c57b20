using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>Messages from an officer of one Prosody to one of the other, each with its receipt (XEP-0184).</summary>
internal sealed class XmppPeer(string program, string folder)
{
    private const string Here = "127.0.71.1";
    private const string There = "127.0.71.2";
    private const int OnTheirWay = 64;

    /// <returns>Messages a second, from writing to the receipt.</returns>
    public async Task<double> RunAsync(int messages, int size, bool archive, CancellationToken cancellation)
    {
        var port = PeerServer.FreePort();
        await using var one = await ProsodyServer.StartAsync(program, folder, Here, port, archive, cancellation);
        await using var other = await ProsodyServer.StartAsync(program, folder, There, port, archive, cancellation);
        using var sender = await XmppLine.OpenAsync(Here, port, cancellation);
        using var receiver = await XmppLine.OpenAsync(There, port, cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var answering = AnswerAsync(receiver, over.Token);
        // The first one brings the servers together, both ways.
        await SendAsync(sender, 1, size, cancellation);
        var began = Stopwatch.GetTimestamp();
        await SendAsync(sender, messages, size, cancellation);
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await over.CancelAsync();
        await answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return messages / seconds;
    }

    private static async Task SendAsync(XmppLine line, int messages, int size, CancellationToken cancellation)
    {
        var body = Convert.ToBase64String(RandomNumberGenerator.GetBytes(size))[..size];
        using var room = new SemaphoreSlim(OnTheirWay);
        var receipts = Task.Run(() => ReceiptsAsync(line, messages, room, cancellation), cancellation);
        for (var i = 0; i < messages; i++)
        {
            await room.WaitAsync(cancellation);
            var id = i.ToString(CultureInfo.InvariantCulture);
            await line.SayAsync(
                $"<message to='{ProsodyServer.Officer}@{There}/x' id='{id}' type='chat'><body>{body}</body><request xmlns='urn:xmpp:receipts'/></message>",
                cancellation
            );
        }

        await receipts;
    }

    private static async Task ReceiptsAsync(
        XmppLine line,
        int messages,
        SemaphoreSlim room,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < messages; i++)
        {
            var receipt = await line.NextAsync(cancellation);
            if (!receipt.Contains("<received", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"No receipt: {receipt}");
            }

            room.Release();
        }
    }

    private static async Task AnswerAsync(XmppLine line, CancellationToken cancellation)
    {
        while (true)
        {
            var id = IdOf(await line.NextAsync(cancellation));
            await line.SayAsync(
                $"<message to='{ProsodyServer.Officer}@{Here}/x' id='r{id}' type='chat'><received xmlns='urn:xmpp:receipts' id='{id}'/></message>",
                cancellation
            );
        }
    }

    private static string IdOf(string message)
    {
        const string attribute = " id='";
        var from = message.IndexOf(attribute, StringComparison.Ordinal) + attribute.Length;
        return message[from..message.IndexOf('\'', from)];
    }
}
