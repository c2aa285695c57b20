using System.Diagnostics;

namespace Entente.Node.Tests.Evidence;

/// <summary>docs/partner/check_evidence.py, which shares no code with the node; skipped where its library is not installed.</summary>
internal static class IndependentChecker
{
    // Debian's own Python: the one that has the packaged jwcrypto.
    private const string Python = "/usr/bin/python3";

    // Every file that a changed byte makes, in one process. A byte is changed in the ways that readers like to forgive.
    private const string ChangeBytes = """
        import contextlib, io, sys
        folder, path, step = sys.argv[1], sys.argv[2], int(sys.argv[3])
        sys.path.insert(0, folder)
        import check_evidence as checker
        right, survivors = open(path, "rb").read(), []
        sys.argv = ["check_evidence.py", path + ".changed"]
        for i in range(0, len(right), step):
            flip = (0x20, 0x01, 0x04)[i % 3]
            with open(path + ".changed", "wb") as file:
                file.write(right[:i] + bytes([right[i] ^ flip]) + right[i + 1:])
            with contextlib.redirect_stdout(io.StringIO()):
                try:
                    checker.main()
                except SystemExit as end:
                    if end.code != 1:
                        survivors.append(i)
        print(len(survivors), survivors[:5])
        """;

    private static readonly string Partner = Path.Combine(Web.Sources.Root, "docs", "partner");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<(int Exit, string Said)> CheckAsync(string file) =>
        RunAsync(Path.Combine(Partner, "check_evidence.py"), file);

    /// <returns>How many of the changed files were taken for evidence, and which bytes were changed in them.</returns>
    public static async Task<string> SurvivorsAsync(string file, int step)
    {
        var (exit, said) = await RunAsync("-c", ChangeBytes, Partner, file, $"{step}");
        exit.ShouldBe(0, said);
        return said.Trim();
    }

    private static async Task<(int Exit, string Said)> RunAsync(params string[] arguments)
    {
        if (!File.Exists(Python) || (await StartAsync("-c", "import jwcrypto")).Exit != 0)
        {
            const string missing = "python3-jwcrypto is not installed.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", missing);
            Assert.Fail(missing);
        }

        return await StartAsync(arguments);
    }

    private static async Task<(int Exit, string Said)> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Python, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(start)!; // Not null without shell execution.
        var (output, error) = (
            process.StandardOutput.ReadToEndAsync(Cancellation),
            process.StandardError.ReadToEndAsync(Cancellation)
        );
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, await output + await error);
    }
}
