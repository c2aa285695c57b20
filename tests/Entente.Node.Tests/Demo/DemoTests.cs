using System.Diagnostics;
using System.Text.Json;
using Entente.Node.Commands.Demo;

namespace Entente.Node.Tests.Demo;

/// <summary>The README's first command, as a stranger runs it: four node processes and a scenario through their pages.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task Whole_demo_plays_and_every_step_holds()
    {
        using var program = Process.Start(
            new ProcessStartInfo("dotnet", [typeof(DemoCommand).Assembly.Location, "demo", "--once", "--json"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!; // dotnet runs this very test.
        var errors = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);

        program.ExitCode.ShouldBe(0, output + await errors);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("failures").GetArrayLength().ShouldBe(0);
        report.GetProperty("nodes").GetInt32().ShouldBe(4);
        report.GetProperty("links").GetInt32().ShouldBe(3);
        report.GetProperty("readings").GetInt32().ShouldBeGreaterThanOrEqualTo(10);
        report.GetProperty("refusals").GetInt32().ShouldBe(3);
        report.GetProperty("delivered").GetInt32().ShouldBe(report.GetProperty("sent").GetInt32());
        report.GetProperty("ledgersVerified").GetInt32().ShouldBe(4);
    }

    [Fact]
    public void Folder_that_no_demo_made_is_never_deleted()
    {
        var folder = Directory.CreateTempSubdirectory("entente-not-a-demo-").FullName;
        var file = Path.Combine(folder, "precious.txt");
        File.WriteAllText(file, "kept");

        Should.Throw<InvalidOperationException>(() => new DemoFolder(folder).StartOver());

        File.Exists(file).ShouldBeTrue();
        Directory.Delete(folder, recursive: true);
    }
}
