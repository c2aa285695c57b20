using System.Diagnostics;
using System.Text.RegularExpressions;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Tests.Commands;

/// <summary>A node's folder, worked on only by the program's verbs, each in a process of its own.</summary>
internal sealed partial class CommandNode : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-verbs-").FullName;
    private readonly Dictionary<string, string> _secrets = [];
    private readonly Dictionary<string, long> _used = [];

    public required string Id { get; init; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public string CardFile => Path.Combine(_folder, "card.jws");

    private string Dir => Path.Combine(_folder, "node");

    /// <summary>Two verbs after another: the folder is made, the card is put into a file.</summary>
    public async Task InitAsync(int pages, int link)
    {
        await DoAsync(
            "init",
            "--node",
            Id,
            "--name",
            "Autorité d’essai",
            "--pages",
            $"http://127.0.0.1:{pages}",
            "--link",
            $"https://127.0.0.1:{link}"
        );
        await File.WriteAllTextAsync(CardFile, await DoAsync("link", "invite"), Cancellation);
    }

    /// <summary>Opens a security officer's account and keeps what the program prints of it.</summary>
    public async Task AddOfficerAsync(string login)
    {
        var said = await DoAsync(
            "account",
            "add",
            "--login",
            login,
            "--name",
            "Sécurité",
            "--unit",
            "securite",
            "--role",
            "security"
        );
        _secrets[login] = Secret().Match(said).Groups["secret"].Value;
    }

    /// <summary>A verb that asks for an officer; the code is what their authenticator shows next.</summary>
    public Task<string> DoAsAsync(string login, params string[] arguments) =>
        DoAsync([.. arguments, "--officer", login, "--code", NextCode(login)]);

    /// <returns>What it printed.</returns>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var (exit, output, error) = await RunAsync(arguments);
        exit.ShouldBe(0, $"{string.Join(' ', arguments)}: {error}{output}");
        return output;
    }

    public async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments, "--dir", Dir])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // Not null without shell execution.
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(Cancellation),
            process.StandardError.ReadToEndAsync(Cancellation)
        );
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }

    // A code is good once; the node's window takes the next one too.
    private string NextCode(string login)
    {
        var now = Totp.Step(TimeProvider.System.GetUtcNow());
        var step = _used[login] = Math.Max(now, _used.GetValueOrDefault(login) + 1);
        return Totp.Code(Base32.Decode(_secrets[login]), step, 6);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [GeneratedRegex("secret=(?<secret>[A-Z2-7]+)")]
    private static partial Regex Secret();
}
