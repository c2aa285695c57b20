using System.Text.RegularExpressions;
using Entente.Node.Web;

namespace Entente.Node.Tests.Web;

public sealed partial class LabelsTests
{
    /// <summary>Closed lists: their keys are made from codes that come from data, some of which no page shows yet.</summary>
    private static readonly string[] CodeLists =
    [
        "domain.",
        "commitment.",
        "instrument.",
        "instrumentstatus.",
        "encounter.",
        "format.",
        "role.",
        "result.",
        "country.",
        "kind.",
        "outcome.",
        "state.",
        "handling.",
        "evaluation.source.",
        "evaluation.information.",
        "urgency.",
        "classification.",
        "subject.",
    ];

    private static readonly LabelBook Book = new();

    [Fact]
    public void Every_label_has_six_languages()
    {
        var lacking =
            from label in Book.All
            from language in LabelBook.Languages
            where string.IsNullOrWhiteSpace(label.Value.GetValueOrDefault(language))
            select $"{label.Key}: {language}";
        lacking.ShouldBeEmpty();
    }

    [Fact]
    public void Every_label_is_filled_alike_in_all_languages()
    {
        var unlike =
            from label in Book.All
            from text in label.Value
            where Gaps(text.Value) != Gaps(label.Value["fr"])
            select $"{label.Key}: {text.Key}";
        unlike.ShouldBeEmpty();
    }

    [Fact]
    public void Every_label_that_a_page_asks_for_exists()
    {
        var missing =
            from source in Sources.Of(".razor", ".cs")
            from line in source.Text.Split('\n')
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
            from Match use in Asked().Matches(line)
            let key = use.Groups["key"].Value
            where !Book.All.ContainsKey(key)
            select $"{source.Path}: {key}";
        missing.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Every_label_is_used()
    {
        var text = string.Concat(Sources.Of(".razor", ".cs").Select(s => s.Text));
        string[] composed = [.. CodeLists, .. Composed().Matches(text).Select(m => m.Groups["start"].Value)];
        var unused = Book.All.Keys.Where(key =>
            !text.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !composed.Any(start => key.StartsWith(start, StringComparison.Ordinal))
        );
        unused.ShouldBeEmpty();
    }

    private static string Gaps(string text) =>
        string.Concat(Gap().Matches(text).Select(m => m.Value[..2]).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("""\b(L|labels|Labels)\["(?<key>[a-z][^"{]*)"[,\]]""")]
    private static partial Regex Asked();

    // $"error.{code}.title" or "guard.rank." + rank
    [GeneratedRegex(""""(?<start>[a-z][a-z-]*\.(?:[a-zA-Z-]+[.-])*)(?:\{|")"""")]
    private static partial Regex Composed();

    [GeneratedRegex(@"\{\d[^}]*\}")]
    private static partial Regex Gap();
}
