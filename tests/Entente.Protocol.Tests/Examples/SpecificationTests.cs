using System.Text.RegularExpressions;

namespace Entente.Protocol.Tests;

/// <summary>The specification shows the example files as they are, and its commands work as written.</summary>
public sealed partial class SpecificationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Folder.Partner, "protocol.md"));

    public static TheoryData<string> Shown() =>
        [.. ShownExample().Matches(Page).Select(match => match.Groups["file"].Value).Distinct()];

    public static TheoryData<int> Commands() => [.. Enumerable.Range(0, CommandBlock().Count(Page))];

    [Theory]
    [MemberData(nameof(Shown))]
    public void The_page_shows_an_example_as_it_is(string file) =>
        ShownExample()
            .Matches(Page)
            .Single(match => match.Groups["file"].Value == file)
            .Groups["text"]
            .Value.ShouldBe(Folder.Line(file));

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_command_of_the_page_works_as_written(int index)
    {
        var command = CommandBlock().Matches(Page)[index].Groups["command"].Value;

        Tool.RunShell(command, Folder.Examples).ShouldNotBeNull();
    }

    [Fact]
    public void The_page_shows_every_artefact() =>
        Shown()
            .Select(row => row.Data)
            .ShouldBe(
                [
                    "card.json",
                    "safety-number.txt",
                    "message.json",
                    "batch.json",
                    "receipt.json",
                    "leaf.json",
                    "tree-head.json",
                ],
                ignoreOrder: true
            );

    /// <summary>Puts the example files, written just now, into the page.</summary>
    internal static void ShowExamples()
    {
        var written = ShownExample()
            .Replace(
                Page,
                match =>
                    match.Value[..(match.Groups["text"].Index - match.Index)]
                    + Folder.Line(match.Groups["file"].Value)
                    + "\n```"
            );
        File.WriteAllText(Path.Combine(Folder.Partner, "protocol.md"), written);
    }

    // An example is named in a comment before its block: <!-- example: FILE -->
    [GeneratedRegex(@"<!-- example: (?<file>\S+) -->\n+```\w+\n(?<text>.*?)\n?```", RegexOptions.Singleline)]
    private static partial Regex ShownExample();

    [GeneratedRegex(@"```sh\n(?<command>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CommandBlock();
}
