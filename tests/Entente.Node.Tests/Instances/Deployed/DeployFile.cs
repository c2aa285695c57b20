using System.Globalization;
using System.Runtime.CompilerServices;

namespace Entente.Node.Tests.Instances.Deployed;

/// <summary>
/// A file of `deploy/` as an operator takes it over: the site's names and paths are put in, everything else stays as it is.
/// A text to replace that is not there fails the test: the file has changed under it.
/// </summary>
internal sealed class DeployFile
{
    private readonly string _name;
    private string _text;

    private DeployFile(string name, string text) => (_name, _text) = (name, text);

    public static DeployFile Read(string name) =>
        new(name, File.ReadAllText(Path.Combine(Here(), "..", "..", "..", "..", "deploy", name)));

    public DeployFile With(string there, string here)
    {
        _text.ShouldContain(there, Case.Sensitive, $"deploy/{_name}");
        _text = _text.Replace(there, here, StringComparison.Ordinal);
        return this;
    }

    public DeployFile With(string there, int port) => With(there, port.ToString(CultureInfo.InvariantCulture));

    /// <summary>For a machine that this test does not have.</summary>
    public DeployFile WithoutLinesOf(string word)
    {
        var lines = _text.Split('\n');
        string[] left = [.. lines.Where(line => !line.Contains(word, StringComparison.Ordinal))];
        left.Length.ShouldBeLessThan(lines.Length, $"deploy/{_name}: {word}");
        _text = string.Join('\n', left);
        return this;
    }

    public void SaveTo(string path) => File.WriteAllText(path, _text);

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!; // A file has a folder.
}
