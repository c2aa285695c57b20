using System.Diagnostics;
using System.Text;

namespace Entente.Reading.Tests;

/// <summary>Texts made to hurt: each must be read, or refused, well within five seconds.</summary>
public sealed class HostileInputTests
{
    public static TheoryData<string, string> Texts() =>
        new()
        {
            { "one line of a million characters", new string('a', 1_000_000) },
            { "a million capitals in words", string.Concat(Enumerable.Repeat("Abc Def ", 125_000)) },
            { "bait for backtracking", string.Concat(Enumerable.Repeat("le ministre de de de de de ", 40_000)) },
            { "only commas", new string(',', 1_000_000) },
            { "only digits and dots", string.Concat(Enumerable.Repeat("1.2.", 250_000)) },
            { "lone surrogates", string.Concat(Enumerable.Repeat("\uD800 \uDC00 ministre ", 50_000)) },
            { "direction marks", string.Concat(Enumerable.Repeat("\u202E\u2066وزير الداخلية ", 50_000)) },
            { "half a million short lines", string.Concat(Enumerable.Repeat("a\n", 500_000)) },
            {
                "the same long paragraph",
                string.Concat(
                    Enumerable.Repeat(
                        "Les deux ministres ont convenu de renforcer la coopération en matière de lutte contre le terrorisme, le crime organisé et la traite.\n",
                        8_000
                    )
                )
            },
        };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Hostile_text_is_read_within_five_seconds(string name, string text)
    {
        var watch = Stopwatch.StartNew();

        CommuniqueReader.Default.Read(text).ShouldNotBeNull(name);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), name);
    }

    [Fact]
    public void Page_of_a_hundred_thousand_nested_tags_gives_its_words()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 100_000)) + "Réunion à Lyon";

        HtmlText.Extract(html).ShouldContain("Réunion à Lyon");
    }

    [Fact]
    public void File_of_fifty_megabytes_is_refused_as_too_large()
    {
        TextDecoding.Decode(new byte[50_000_000]).Refusal.ShouldBe(DecodingRefusal.TooLarge);
    }

    [Fact]
    public void File_with_null_bytes_is_refused_as_binary()
    {
        TextDecoding.Decode([0x50, 0x4B, 0x03, 0x04, 0x00, 0x00]).Refusal.ShouldBe(DecodingRefusal.Binary);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n\t ")]
    public void Blank_file_is_refused_as_empty(string text)
    {
        TextDecoding.Decode(Encoding.UTF8.GetBytes(text)).Refusal.ShouldBe(DecodingRefusal.Empty);
    }
}
