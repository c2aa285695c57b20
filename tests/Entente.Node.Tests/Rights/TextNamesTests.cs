using Entente.Node.Features.Rights;

namespace Entente.Node.Tests.Rights;

/// <summary>Which words of a text a person can be found by.</summary>
public sealed class TextNamesTests
{
    [Theory]
    [InlineData("on a vu ahmed ben factice au port", "ahmed ben factice")]
    [InlineData("ON A VU AHMED BEN FACTICE", "AHMED BEN FACTICE")]
    [InlineData("gestern wurde jürgen mustermann gesehen", "jürgen mustermann")]
    [InlineData("شوهد أحمد بن مخترع", "أحمد بن مخترع")]
    public void Words_of_a_name_are_kept_however_they_are_written(string text, string name) =>
        name.Split(' ').ShouldBeSubsetOf(TextNames.Words([text]));

    [Fact]
    public void Words_that_name_nobody_are_left_out()
    {
        var text = "le véhicule a été vu au port hier soir avec deux autres personnes";

        TextNames.Words([text]).ShouldBeEmpty();
    }
}
