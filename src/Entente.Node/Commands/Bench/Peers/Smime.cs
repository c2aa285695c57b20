using System.Security.Cryptography;

namespace Entente.Node.Commands.Bench.Peers;

/// <summary>What S/MIME asks of both sides for a message and its signed receipt, by the openssl command (RFC 8551, RFC 2634).</summary>
internal sealed class Smime(string openssl, string folder)
{
    public async Task MakeKeysAsync(CancellationToken cancellation)
    {
        await RunAsync(
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=peer -keyout key.pem -out cert.pem",
            cancellation
        );
    }

    public Task WriteAsync(string name, int size, CancellationToken cancellation) =>
        File.WriteAllBytesAsync(Path.Combine(folder, name), RandomNumberGenerator.GetBytes(size), cancellation);

    /// <returns>The mail's headers and body: signed, then encrypted.</returns>
    public async Task<string> SealAsync(string name, CancellationToken cancellation)
    {
        await RunAsync(
            $"cms -sign -binary -nodetach -in {name} -signer cert.pem -inkey key.pem -out {name}.signed",
            cancellation
        );
        await RunAsync(
            $"cms -encrypt -binary -aes-256-gcm -in {name}.signed -out {name}.sealed cert.pem",
            cancellation
        );
        return await TextAsync($"{name}.sealed", cancellation);
    }

    /// <summary>Decrypts and verifies; throws if either fails.</summary>
    public async Task OpenAsync(string name, CancellationToken cancellation)
    {
        await RunAsync(
            $"cms -decrypt -in {name}.sealed -recip cert.pem -inkey key.pem -out {name}.opened",
            cancellation
        );
        await VerifyAsync($"{name}.opened", cancellation);
    }

    public async Task<string> SignAsync(string name, CancellationToken cancellation)
    {
        await RunAsync(
            $"cms -sign -binary -nodetach -in {name} -signer cert.pem -inkey key.pem -out {name}.receipt",
            cancellation
        );
        return await TextAsync($"{name}.receipt", cancellation);
    }

    public Task VerifyAsync(string name, CancellationToken cancellation) =>
        RunAsync($"cms -verify -in {name} -CAfile cert.pem -purpose any -out {name}.read", cancellation);

    private Task<string> TextAsync(string name, CancellationToken cancellation) =>
        File.ReadAllTextAsync(Path.Combine(folder, name), cancellation);

    private Task RunAsync(string command, CancellationToken cancellation) =>
        PeerCommand.RunAsync(openssl, command.Split(' '), folder, cancellation);
}
