using System.Diagnostics;
using System.Globalization;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>
/// What people would use instead, where it is installed on this machine, and two nodes in the same run. Each figure favours
/// the peer: what is left out of it only makes the peer slower.
/// </summary>
internal sealed class PeersBench(int size, string folder, Action<string> tell)
{
    private const int Officers = 8;

    public async Task<IReadOnlyList<PeerFigure>> RunAsync(CancellationToken cancellation)
    {
        List<PeerFigure> figures = [];
        if (PeerServer.Find("openssl") is { } openssl)
        {
            var smime = new Smime(openssl, folder);
            await smime.MakeKeysAsync(cancellation);
            figures.Add(
                new("S/MIME with the openssl command, one at a time, no mail", await AloneAsync(smime, cancellation))
            );
            figures.AddRange(await MailAsync(smime, cancellation));
            figures.AddRange(await XmppAsync(cancellation));
        }
        else
        {
            tell("S/MIME and XMPP: skipped, openssl is not installed.");
        }

        return [.. figures, .. await OwnAsync(cancellation)];
    }

    public static void Print(IReadOnlyList<PeerFigure> figures)
    {
        foreach (var figure in figures)
        {
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{figure.Rate, 8:0.0} a second  {figure.What}")
            );
        }
    }

    private async Task<double> AloneAsync(Smime smime, CancellationToken cancellation)
    {
        const int messages = 20;
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < messages; i++)
        {
            await smime.WriteAsync("alone", size, cancellation);
            await smime.SealAsync("alone", cancellation);
            await smime.OpenAsync("alone", cancellation);
            await smime.SignAsync("alone", cancellation);
            await smime.VerifyAsync("alone.receipt", cancellation);
        }

        return messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private async Task<IReadOnlyList<PeerFigure>> MailAsync(Smime smime, CancellationToken cancellation)
    {
        if (PeerServer.Find("postfix") is not { } program)
        {
            tell("S/MIME through Postfix: skipped, Postfix is not installed.");
            return [];
        }

        if (!Environment.IsPrivilegedProcess)
        {
            tell("S/MIME through Postfix: skipped, only root can start Postfix.");
            return [];
        }

        await using var postfix = await PostfixServer.StartAsync(program, Path.Combine(folder, "mail"), cancellation);
        var sealedMail = await new MailPeer(folder, postfix, smime).RunAsync(48, Officers, size, cancellation);
        var plain = await new MailPeer(folder, postfix, null).RunAsync(240, Officers, size, cancellation);
        return
        [
            new("S/MIME with the openssl command through Postfix, signed receipt, 8 at once", sealedMail),
            new("the same mails without any cryptography: what Postfix lets through at most", plain),
        ];
    }

    private async Task<IReadOnlyList<PeerFigure>> XmppAsync(CancellationToken cancellation)
    {
        if (PeerServer.Find("prosody") is not { } program)
        {
            tell("XMPP federation with receipts: skipped, Prosody is not installed.");
            return [];
        }

        var peer = new XmppPeer(program, folder);
        var archive = await peer.RunAsync(600, size, archive: true, cancellation);
        return
        [
            new(
                "XMPP, two Prosody, receipts, nothing kept, 64 at once",
                await peer.RunAsync(2000, size, archive: false, cancellation)
            ),
            new("XMPP, the same with the archive on, not flushed to the disk", archive),
        ];
    }

    /// <summary>Durable on both sides, encrypted end to end, signed, ledgered.</summary>
    private async Task<IReadOnlyList<PeerFigure>> OwnAsync(CancellationToken cancellation)
    {
        var load = new BenchLoad(6000, size, 1024) { Paced = 100 };
        var own = Directory.CreateDirectory(Path.Combine(folder, "own")).FullName;
        var phases = await new ExchangeBench(load, own, null).RunAsync(_ => { }, cancellation);
        return
        [
            new("Entente, one at a time", phases.Single(phase => phase.Name == "alone").Rate),
            new("Entente, saturated", phases[^1].Rate),
        ];
    }
}

/// <summary>How many messages a second, from 'send' to the receipt, checked.</summary>
internal sealed record PeerFigure(string What, double Rate);
