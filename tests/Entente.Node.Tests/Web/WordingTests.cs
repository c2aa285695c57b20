using Entente.Node.Web;

namespace Entente.Node.Tests.Web;

public sealed class WordingTests
{
    [Theory]
    [InlineData("fr", "20 décembre 2026")]
    [InlineData("ar", "20 ديسمبر 2026")]
    [InlineData("es", "20 de diciembre de 2026")]
    [InlineData("de", "20. Dezember 2026")]
    [InlineData("fi", "20. joulukuuta 2026")]
    [InlineData("en", "20 December 2026")]
    public void Day_is_written_as_an_administration_of_the_language_writes_it(string language, string expected) =>
        Wording.LongDay(new DateOnly(2026, 12, 20), language).ShouldBe(expected);

    [Theory]
    [InlineData(0, "UTC")]
    [InlineData(60, "UTC+1")]
    [InlineData(-210, "UTC-3:30")]
    public void Zone_says_how_far_its_clock_is_from_universal_time(int minutes, string expected) =>
        Wording.Zone(TimeSpan.FromMinutes(minutes)).ShouldBe(expected);
}
