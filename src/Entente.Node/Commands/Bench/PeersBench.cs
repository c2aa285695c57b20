using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Entente.Node.Commands.Bench;

/// <summary>
/// What people would use instead, where it is installed on this machine. Each figure favours the peer: what is left out of
/// it (the mail servers, the storage) only makes the peer slower.
/// </summary>
internal sealed class PeersBench(int size, string folder)
{
    private const int Messages = 20;

    // Signed, encrypted, opened and checked; then the same without encryption for the signed receipt.
    private static readonly string[][] Steps =
    [
        [
            "cms",
            "-sign",
            "-binary",
            "-nodetach",
            "-in",
            "message",
            "-signer",
            "cert.pem",
            "-inkey",
            "key.pem",
            "-out",
            "signed",
        ],
        ["cms", "-encrypt", "-binary", "-aes-256-gcm", "-in", "signed", "-out", "sealed", "cert.pem"],
        ["cms", "-decrypt", "-in", "sealed", "-recip", "cert.pem", "-inkey", "key.pem", "-out", "opened"],
        ["cms", "-verify", "-in", "opened", "-CAfile", "cert.pem", "-purpose", "any", "-out", "read"],
        [
            "cms",
            "-sign",
            "-binary",
            "-nodetach",
            "-in",
            "receipt",
            "-signer",
            "cert.pem",
            "-inkey",
            "key.pem",
            "-out",
            "receipt.signed",
        ],
        ["cms", "-verify", "-in", "receipt.signed", "-CAfile", "cert.pem", "-purpose", "any", "-out", "receipt.read"],
    ];

    public static void SayMissing()
    {
        if (Find("postfix") is null)
        {
            Console.WriteLine("S/MIME through Postfix: skipped, Postfix is not installed.");
        }

        if (Find("prosodyctl") is null)
        {
            Console.WriteLine("XMPP federation with receipts: skipped, Prosody is not installed.");
        }
    }

    /// <returns>Messages a second by S/MIME with the openssl command, without the mail; null where it is not installed.</returns>
    public async Task<double?> SmimeAsync(CancellationToken cancellation)
    {
        if (Find("openssl") is null)
        {
            Console.WriteLine("S/MIME with the openssl command: skipped, openssl is not installed.");
            return null;
        }

        await File.WriteAllBytesAsync(
            Path.Combine(folder, "message"),
            RandomNumberGenerator.GetBytes(size),
            cancellation
        );
        await File.WriteAllTextAsync(Path.Combine(folder, "receipt"), "received", cancellation);
        string[] make =
        [
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=peer",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ];
        await RunAsync(make, cancellation);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < Messages; i++)
        {
            foreach (var step in Steps)
            {
                await RunAsync(step, cancellation);
            }
        }

        return Messages / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static void Say(double smime, double own) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"S/MIME with the openssl command, signed receipt, without the mail: {smime:0.0} messages a second; Entente, one at a time, durable: {own:0.0} ({own / smime:0.0} times)"
            )
        );

    private async Task RunAsync(string[] arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("openssl")
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!; // A new process, or an exception.
        var error = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"openssl {arguments[0]} {arguments[1]}: {await error}");
        }
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Append("/usr/sbin")
            .Select(directory => Path.Combine(directory, program))
            .FirstOrDefault(File.Exists);
}
