using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Entente.Faults;

/// <summary>What the documents say of this suite is so.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void Checker_shares_no_code_with_the_node()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Here(), "Checking"), "*.cs"))
        {
            var text = File.ReadAllText(file);
            text.ShouldNotContain("using Entente.", customMessage: file);
            text.ShouldNotContain("Entente.Node.", customMessage: file);
        }
    }

    [Fact]
    public void Every_test_that_the_durability_page_names_exists()
    {
        var tests = Path.GetFullPath(Path.Combine(Here(), ".."));
        var page = File.ReadAllText(Path.Combine(tests, "..", "docs", "operator", "durability.md"));
        var sources = string.Concat(
            Directory.EnumerateFiles(tests, "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText)
        );

        foreach (Match name in TestName().Matches(page))
        {
            sources.ShouldContain($" {name.Groups[1].Value}(");
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!; // A file has a folder.

    [GeneratedRegex(@"\*([A-Z][A-Za-z]*(?:_[A-Za-z]+)+)\*")]
    private static partial Regex TestName();
}
