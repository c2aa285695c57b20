using System.Text.RegularExpressions;
using Entente.Node.Web;
using Entente.Node.Web.Help;

namespace Entente.Node.Tests.Web;

public sealed partial class HelpTests
{
    private static readonly LabelBook Book = new();

    [Theory, MemberData(nameof(Languages))]
    public void Help_names_places_and_buttons_by_the_words_they_bear(string language)
    {
        var words = Book
            .All.Keys.Where(key => !key.StartsWith("help.", StringComparison.Ordinal))
            .Select(key => Plain(Book.Text(key, language)))
            .ToHashSet(StringComparer.Ordinal);

        var named = Book
            .All.Keys.Where(key => key.StartsWith("help.", StringComparison.Ordinal))
            .SelectMany(key => Quoted().Matches(Plain(Book.Text(key, language))))
            .Select(match => match.Groups["words"].Value.Trim());

        named.Where(name => !words.Contains(name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/cases/0192", "answer")]
    [InlineData("/inbox/alerts", "duty")]
    [InlineData("/alerts/0192", "alert")]
    [InlineData("/rules", null)]
    public void Page_leads_to_what_explains_it(string page, string? topic) => HelpTopic.Of(page)?.Id.ShouldBe(topic);

    [Fact]
    public void Every_step_of_every_topic_has_its_words()
    {
        var steps = HelpTopic.All.SelectMany(topic =>
            Enumerable.Range(1, topic.Steps).Select(step => $"help.{topic.Id}.{step}").Append(topic.Title)
        );

        steps.Where(key => !Book.All.ContainsKey(key)).ShouldBeEmpty();
    }

    public static TheoryData<string> Languages => [.. LabelBook.Languages];

    // French puts narrow spaces inside its quotation marks.
    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');

    [GeneratedRegex("«(?<words>[^»]+)»|„(?<words>[^“]+)“|”(?<words>[^”]+)”|“(?<words>[^”]+)”")]
    private static partial Regex Quoted();
}
