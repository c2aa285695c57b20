using System.Diagnostics;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Carrier;

public sealed class CarryVerbsTests : IDisposable
{
    private readonly string _medium = Directory.CreateTempSubdirectory("entente-medium-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_medium, recursive: true);

    [Fact]
    public async Task Verbs_carry_from_a_node_that_serves_to_one_that_does_not()
    {
        await using var rabat = await ProcessNode.CreateAsync("ma.interieur");
        await using var madrid = await ProcessNode.CreateAsync("es.interior");
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync());
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync());
        rabat.Start(); // Its courier tries, and Madrid's door is closed.
        await rabat.SendAllAsync([.. Enumerable.Range(0, 300).Select(_ => TestMessages.Request())]);
        var file = Path.Combine(_medium, "a.entente");

        var (exported, said) = await RunAsync("carry", "export", "es.interior", file, "--dir", rabat.Folder);
        var (imported, there) = await RunAsync("carry", "import", file, "--dir", madrid.Folder);
        var (settled, back) = await RunAsync("carry", "import", file + ".receipts", "--dir", rabat.Folder);
        var (wrong, why) = await RunAsync("carry", "import", file, "--dir", rabat.Folder);

        exported.ShouldBe(0, said);
        imported.ShouldBe(0, there);
        there.ShouldContain("Carry this back");
        settled.ShouldBe(0, back);
        (await rabat.CountWaitingAsync()).ShouldBe(0);
        (await madrid.CountReceivedAsync()).ShouldBe(300);
        wrong.ShouldBe(1);
        why.ShouldContain("This file is for es.interior");
    }

    private static async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "entente.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
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
        return (process.ExitCode, await output + await error);
    }
}
