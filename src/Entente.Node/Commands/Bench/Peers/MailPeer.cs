using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>Mail through a real Postfix: a message to a mailbox, a signed receipt to the sender's mailbox.</summary>
internal sealed class MailPeer(string folder, PostfixServer postfix, Smime? smime)
{
    private readonly Mailbox _here = new(postfix.Mailbox("ma"));
    private readonly Mailbox _there = new(postfix.Mailbox("es"));

    /// <summary>Messages a second, from writing one to reading its receipt; so many officers write one after the other.</summary>
    /// <param name="messages">In all.</param>
    public async Task<double> RunAsync(int messages, int officers, int size, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = Task.WhenAll(_here.WatchAsync(over.Token), _there.WatchAsync(over.Token));
        await ExchangeAsync("first", size, 1, cancellation); // Nobody pays for the first mail's processes.
        var began = Stopwatch.GetTimestamp();
        var each = messages / officers;
        await Task.WhenAll(
            Enumerable.Range(0, officers).Select(i => Task.Run(() => ExchangeAsync($"o{i}", size, each, cancellation)))
        );
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await over.CancelAsync();
        await watching;
        return each * officers / seconds;
    }

    private async Task ExchangeAsync(string officer, int size, int count, CancellationToken cancellation)
    {
        using var line = await SmtpLine.OpenAsync(postfix.Port, cancellation);
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture,
                $"{(smime is null ? "plain" : "smime")}-{officer}-{i}"
            );
            await SendAsync(line, "ma", "es", $"<{name}>", await MessageAsync(name, size, cancellation), cancellation);
            var message = await _there.Expect($"<{name}>").WaitAsync(cancellation);
            await SendAsync(
                line,
                "es",
                "ma",
                $"<r-{name}>",
                await ReceiptAsync(name, message, cancellation),
                cancellation
            );
            var receipt = await _here.Expect($"<r-{name}>").WaitAsync(cancellation);
            await CheckAsync(name, receipt, cancellation);
        }
    }

    private static Task SendAsync(
        SmtpLine line,
        string from,
        string to,
        string id,
        string mail,
        CancellationToken cancellation
    )
    {
        // What openssl writes is headers, an empty line, the body in base64.
        var text = mail.ReplaceLineEndings("\r\n");
        var body = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return line.SendAsync(from, to, $"Message-ID: {id}\r\n{text[..body]}", text[(body + 4)..], cancellation);
    }

    private async Task<string> MessageAsync(string name, int size, CancellationToken cancellation)
    {
        if (smime is null)
        {
            var lines = Convert.ToBase64String(
                RandomNumberGenerator.GetBytes(size),
                Base64FormattingOptions.InsertLineBreaks
            );
            return $"MIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n{lines}";
        }

        await smime.WriteAsync(name, size, cancellation);
        return await smime.SealAsync(name, cancellation);
    }

    private async Task<string> ReceiptAsync(string name, string file, CancellationToken cancellation)
    {
        if (smime is null)
        {
            return "MIME-Version: 1.0\n\nreceived";
        }

        await AsCmsAsync(file, $"{name}.sealed", cancellation);
        await smime.OpenAsync(name, cancellation);
        return await smime.SignAsync(name, cancellation);
    }

    private async Task CheckAsync(string name, string file, CancellationToken cancellation)
    {
        if (smime is not null)
        {
            await AsCmsAsync(file, $"{name}.receipt", cancellation);
            await smime.VerifyAsync($"{name}.receipt", cancellation);
        }
    }

    /// <summary>The mail as it was sent: without the headers that came on the way, which openssl does not mind but repeats.</summary>
    private async Task AsCmsAsync(string file, string name, CancellationToken cancellation)
    {
        var mail = await File.ReadAllTextAsync(file, cancellation);
        var from = mail.IndexOf("MIME-Version", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder, name), mail[from..], cancellation);
    }
}
