using System.Diagnostics;
using Entente.Node.Commands;

namespace Entente.Node.Tests.Commands;

/// <summary>What an operator gets wrong is said in words, by the program itself as they run it: never a trace.</summary>
public sealed class EdgeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-edge-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Node => Path.Combine(_folder, "node");

    [Theory]
    [InlineData("https://localhost:1", "http://localhost:2", "'http://localhost:2' is no address for link")]
    [InlineData("localhost", "https://localhost:2", "'localhost' is no address for pages")]
    public async Task Address_that_nobody_can_listen_on_makes_no_node(string pages, string link, string words)
    {
        await RefusedAsync(ExitCode.NotAllHeld, words, [.. Init, "--pages", pages, "--link", link]);

        Directory.Exists(Node).ShouldBeFalse();
    }

    [Fact]
    public async Task Database_that_does_not_answer_leaves_no_half_node()
    {
        await RefusedAsync(
            ExitCode.NotAllHeld,
            "Is PostgreSQL running there?",
            [.. Init, "--database", "Host=127.0.0.1;Port=1"]
        );
        await RefusedAsync(ExitCode.NotAllHeld, "That is no connection", [.. Init, "--database", "Host=x;Wrong=1"]);

        (await RunAsync(Init)).Exit.ShouldBe(0);
    }

    [Fact]
    public async Task Password_on_the_command_line_is_refused_and_not_said_again()
    {
        await RefusedAsync(
            ExitCode.NotAllHeld,
            "seen by everybody on this machine",
            [.. Init, "--database", "Host=127.0.0.1;Port=1;Password=inventé"]
        );

        Directory.Exists(Node).ShouldBeFalse();
    }

    [Fact]
    public async Task Folder_that_cannot_be_used_says_why()
    {
        (await RunAsync(Init)).Exit.ShouldBe(0);
        string[] list = ["account", "list", "--dir", Node];

        await File.WriteAllTextAsync(Path.Combine(Node, "node.json.new"), "{", Cancellation);
        File.Move(Path.Combine(Node, "node.json"), Path.Combine(_folder, "kept"));
        File.Move(Path.Combine(Node, "node.json.new"), Path.Combine(Node, "node.json"));
        await RefusedAsync(ExitCode.NotAllHeld, "node.json cannot be read", list);

        File.Move(Path.Combine(_folder, "kept"), Path.Combine(Node, "node.json"), overwrite: true);
        await File.WriteAllBytesAsync(Path.Combine(Node, "keys", "master.key"), new byte[32], Cancellation);
        await RefusedAsync(ExitCode.NotAllHeld, "do not open", ["serve", "--dir", Node]);
    }

    [Fact]
    public async Task Node_is_its_users_alone()
    {
        (await RunAsync(Init)).Exit.ShouldBe(0);

        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            foreach (var folder in (string[])[Node, Path.Combine(Node, "keys"), Path.Combine(Node, "data")])
            {
                File.GetUnixFileMode(folder).ShouldBe(own, folder);
            }
        }
    }

    [Fact]
    public async Task List_that_goes_through_a_pipe_breaks_no_line()
    {
        (await RunAsync(Init)).Exit.ShouldBe(0);
        var name = string.Join(' ', Enumerable.Repeat("Section", 15));
        string[] add =
        [
            "account",
            "add",
            "--dir",
            Node,
            "--login",
            "essai",
            "--unit",
            "essai",
            "--role",
            "Desk",
            "--name",
        ];
        (await RunAsync([.. add, name])).Exit.ShouldBe(0);

        (await RunAsync("account", "list", "--dir", Node)).Output.ShouldContain(name);
    }

    [Fact]
    public async Task Backup_goes_to_no_folder_that_is_not_there()
    {
        (await RunAsync(Init)).Exit.ShouldBe(0);
        var away = Path.Combine(_folder, "usb");
        string[] key = ["backup", "--new-recovery-key", Path.Combine(away, "key"), "--dir", Node];

        await RefusedAsync(ExitCode.NotAllHeld, "Is the medium mounted?", key);

        Directory.Exists(away).ShouldBeFalse();
        Directory.CreateDirectory(away);
        (await RunAsync(key)).Exit.ShouldBe(0);
        await RefusedAsync(ExitCode.NotAllHeld, "There is no folder", ["backup", away + "2/one", "--dir", Node]);
    }

    [Fact]
    public async Task Command_line_that_asks_for_nothing_known_is_told_so_without_all_the_help()
    {
        var (exit, output, error) = await RunAsync("account", "add", "--dir", Node, "--role", "boss");

        exit.ShouldBe(ExitCode.Usage);
        error.ShouldContain("'boss'");
        error.ShouldNotContain("Entente.Node.");
        output.ShouldNotContain("Usage:");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string[] Init => ["init", "--dir", Node, "--node", "ma.interieur", "--name", "Autorité d’essai"];

    private static async Task RefusedAsync(int exit, string words, string[] arguments)
    {
        var done = await RunAsync(arguments);
        done.Exit.ShouldBe(exit, done.Error);
        done.Error.ShouldContain(words);
        done.Error.ShouldNotContain("   at ");
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!; // Not null without shell execution.
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var error = process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output, await error);
    }
}
