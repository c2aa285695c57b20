using System.Text.RegularExpressions;

namespace Entente.Node.Tests.Web;

/// <summary>What the content security policy would block anyway, found before a browser does; and what our files keep to.</summary>
public sealed partial class HouseRulesTests
{
    [Fact]
    public void Pages_carry_no_inline_script_or_style()
    {
        var found =
            from source in Sources.Of(".razor")
            from Match use in Inline().Matches(source.Text)
            select $"{source.Path}: {use.Value}";
        found.ShouldBeEmpty();
    }

    [Fact]
    public void Pages_load_nothing_from_elsewhere()
    {
        var found =
            from source in Sources.Of(".razor", ".css", ".js")
            where !source.Path.EndsWith(".labels.json", StringComparison.Ordinal)
            from Match use in Elsewhere().Matches(source.Text)
            select $"{source.Path}: {use.Value}";
        found.ShouldBeEmpty();
    }

    [Fact]
    public void Icons_that_pages_name_are_built()
    {
        var built = Sources.Read("src/Entente.Node/Web/Assets/icons.txt").Split('\n').ToHashSet();
        var missing =
            from source in Sources.Of(".razor")
            from Match use in IconName().Matches(source.Text)
            where !built.Contains(use.Groups["name"].Value)
            select $"{source.Path}: {use.Groups["name"].Value}";
        missing.ShouldBeEmpty();
    }

    [Fact]
    public void The_lock_file_of_the_assets_names_no_host() =>
        Sources.Read("src/Entente.Node/Web/Assets/package-lock.json").ShouldNotContain("http");

    [GeneratedRegex("""\sstyle="|<style|\son[a-z]+="|<script(?! type="module" src="@)|javascript:""")]
    private static partial Regex Inline();

    [GeneratedRegex("""(?:src|href|url\(|@import|action)\s*=?\s*["']?(?:https?:)?//[^"')\s]+""")]
    private static partial Regex Elsewhere();

    [GeneratedRegex("""(?:<Icon Name|Icon)="(?<name>[a-z][a-z0-9-]*)""")]
    private static partial Regex IconName();
}
