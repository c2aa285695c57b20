using Entente.Reading.Dates;
using Entente.Reading.Knowledge;
using Entente.Reading.Rules;
using Entente.Reading.Text;

namespace Entente.Reading.Tests;

/// <summary>The small parts: patterns, tokens, dates and names, in tables.</summary>
public sealed class PatternTests
{
    [Theory]
    [InlineData("traf* (de) migrant*", "trafic de migrants", true)]
    [InlineData("traf* (de) migrant*", "trafics migrants", true)]
    [InlineData("traf* ~2 migrant*", "trafic de drogue et migrants", false)]
    [InlineData("traf* ~3 migrant*", "trafic, migrants", false)]
    [InlineData("ministre ~2 intérieur", "ministre de l’Intérieur", true)]
    [InlineData("*grenz*", "Außengrenzschutz", true)]
    [InlineData("=BKA", "bka", false)]
    [InlineData("=BKA", "BKA", true)]
    [InlineData("tete a tete", "tête-à-tête", true)]
    [InlineData("# personnes", "12 personnes", true)]
    [InlineData("وزير داخلية", "ووزير الداخلية", true)]
    public void Pattern_matches_as_its_notation_says(string words, string text, bool matches)
    {
        var entry = PatternSyntax.Parse("test", "test", words);
        var tokens = Tokeniser.Tokenise(text, 0, text.Length);

        (entry.Match(tokens, 0, tokens.Count, text) == tokens.Count).ShouldBe(matches);
    }

    [Theory]
    [InlineData("fr", "mardi 21 mai 2024", "2024-05-21")]
    [InlineData("fr", "1er décembre 2022", "2022-12-01")]
    [InlineData("fr", "le 30/10/2023", "2023-10-30")]
    [InlineData("fr", "avril 2022", "2022-04")]
    [InlineData("es", "10 de febrero de 2025", "2025-02-10")]
    [InlineData("en", "January 26, 2022", "2022-01-26")]
    [InlineData("en", "26th Jan, 2022", "2022-01-26")]
    [InlineData("de", "28. Februar 2023", "2023-02-28")]
    [InlineData("de", "6. Jänner 2022", "2022-01-06")]
    [InlineData("fi", "17.10.2025", "2025-10-17")]
    [InlineData("fi", "3. huhtikuuta 2024", "2024-04-03")]
    [InlineData("ar", "22 غشت 2024", "2024-08-22")]
    [InlineData("ar", "14 كانون الثاني/يناير 2025", "2025-01-14")]
    [InlineData("ar", "22 جوان 2024", "2024-06-22")]
    [InlineData("fr", "31/02/2023", null)]
    public void Date_is_found_as_precisely_as_written(string language, string text, string? date)
    {
        var page = new Page(text) { Language = language };
        page.Tokens.AddRange(Tokeniser.Tokenise(text, 0, text.Length));
        var tags = new List<Tag>();
        Vocabulary.Of(language).Tag(page.Tokens, 0, page.Tokens.Count, text, tags);

        var mention = new DateFinder(page, tags).Find(0, page.Tokens.Count).Find(found => found.Month is not null);

        mention?.Partial.ShouldBe(date);
    }

    [Theory]
    [InlineData("إسبيرانزا غارسيا", "Esperanza García")]
    [InlineData("خورخي فيرنانديز", "Jorge Fernández")]
    [InlineData("ديتر شميت", "Dieter Schmidt")]
    [InlineData("بيكا كورهونن", "Pekka Korhonen")]
    public void European_name_in_arabic_letters_is_spelt_as_at_home(string native, string latin) =>
        Transliteration.ToLatin(native).ShouldBe(latin);

    [Theory]
    [InlineData("https://x.invalid/2024/02/22/titre", 2024, 2, 22)]
    [InlineData("https://x.invalid/n98_07-05-2021.html", 2021, 5, 7)]
    [InlineData("https://x.invalid/a/20250211115015211070.html", 2025, 2, 11)]
    public void Address_with_a_full_date_dates_the_text(string url, int year, int month, int day)
    {
        UrlDate.Find(url)!.Value.Date.ShouldBe(new DateOnly(year, month, day));
    }

    [Theory]
    [InlineData("https://x.invalid/2024/02/titre")]
    [InlineData("https://x.invalid/1690372011")]
    public void Address_without_a_full_date_dates_nothing(string url)
    {
        UrlDate.Find(url).ShouldBeNull();
    }
}
