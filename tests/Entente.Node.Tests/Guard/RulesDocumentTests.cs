using System.Runtime.CompilerServices;
using Entente.Node.Commands;
using Entente.Node.Web;

namespace Entente.Node.Tests.Guard;

/// <summary>The document is written from the rules: `entente rules --language fr > docs/user/rules/fr.md`.</summary>
public sealed class RulesDocumentTests
{
    public static TheoryData<string> Languages => new(LabelBook.Languages);

    [Theory, MemberData(nameof(Languages))]
    public async Task Document_says_what_the_rules_and_profiles_say_now(string language)
    {
        var written = await File.ReadAllTextAsync(Place(language), TestContext.Current.CancellationToken);

        var now = await RulesCommand.TextAsync(language, TestContext.Current.CancellationToken);

        written.ShouldBe(now, $"run: entente rules --language {language} > docs/user/rules/{language}.md");
        now.ShouldNotContain("[rules.");
        now.ShouldNotContain("[guard.");
    }

    private static string Place(string language, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/user/rules", language + ".md"); // A path of a file has a folder.
}
