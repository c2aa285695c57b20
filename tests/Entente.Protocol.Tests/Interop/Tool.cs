using System.Diagnostics;
using System.Text;

namespace Entente.Protocol.Tests;

/// <summary>
/// Runs the two JOSE implementations that are not ours. Where they are absent a test is skipped at a desk and fails in CI.
/// </summary>
internal static class Tool
{
    // Debian's own Python: the one that has the packaged jwcrypto.
    private const string Python = "/usr/bin/python3";
    private static readonly Lazy<string?> MissingPython = new(() =>
        Works(Python, "-c", "import jwcrypto") ? null : "python3-jwcrypto is not installed."
    );
    private static readonly Lazy<string?> MissingJose = new(() =>
        Works("jose", "alg") ? null : "jose is not installed."
    );

    /// <summary>Runs a script that reads standard input and prints its answer.</summary>
    public static string RunPython(string script, string input)
    {
        Need(MissingPython.Value);
        return Run(Python, ["-c", script], input);
    }

    public static string RunJose(string input, params string[] arguments)
    {
        Need(MissingJose.Value);
        return Run("jose", arguments, input);
    }

    /// <summary>Runs a command line of the documentation in a folder; both tools must be there.</summary>
    public static string RunShell(string command, string folder)
    {
        Need(MissingPython.Value);
        Need(MissingJose.Value);
        return Run("bash", ["-euo", "pipefail", "-c", $"cd '{folder}'\n{command}"], "");
    }

    private static void Need(string? missing)
    {
        if (missing is null)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(missing);
        Assert.Skip(missing);
    }

    private static string Run(string program, string[] arguments, string input)
    {
        var (code, output, error) = Start(program, arguments, input);
        code.ShouldBe(0, error);
        return output;
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            return Start(program, arguments, "").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static (int Code, string Output, string Error) Start(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        using var process = Process.Start(start)!; // a started process
        var errors = new StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.ToString());
    }
}
