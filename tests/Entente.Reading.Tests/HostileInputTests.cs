using System.Diagnostics;
using System.Text;

namespace Entente.Reading.Tests;

/// <summary>Files made to hurt: each must be read, or refused, well within five seconds and 500 MB.</summary>
public sealed class HostileInputTests
{
    private const long MostBytes = 500_000_000;

    private static string Times(string piece, int count) =>
        new StringBuilder(piece.Length * count).Insert(0, piece, count).ToString();

    private static string Numbered(Func<int, string> piece, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(piece));

    private static string Page(string body) => "<!DOCTYPE html>" + body;

    private static readonly Dictionary<string, Func<string>> Cases = new(StringComparer.Ordinal)
    {
        ["one line of eight million characters"] = () => new string('a', 8_000_000),
        ["a million capitals in words"] = () => Times("Abc Def ", 125_000),
        ["bait for backtracking"] = () => Times("le ministre de de de de de ", 300_000),
        ["the beginning of a pattern, without end"] = () =>
            Times("conclure un accord de coopération entre la ", 150_000),
        ["only commas"] = () => new string(',', 8_000_000),
        ["only digits and dots"] = () => Times("1.2.", 2_000_000),
        ["nothing but states"] = () => Times("Maroc Espagne Allemagne ", 300_000),
        ["nothing but dates"] = () => Times("le 12/03/2021 et le 13 mars 2022, ", 200_000),
        ["a hundred thousand people"] = () =>
            Numbered(i => $"M. Paul Exemplaire{Letters(i)} a rencontré Jean Modèle.\n", 100_000),
        ["paragraphs that differ at their end"] = () =>
            Numbered(i => $"{Times("Les ministres ont convenu de renforcer la coopération. ", 3)}{i}\n", 40_000),
        ["lone surrogates"] = () => Times("\uD800 \uDC00 ministre ", 400_000),
        ["direction marks"] = () => Times("\u202E\u2066وزير الداخلية ", 250_000),
        ["four million short lines"] = () => Times("a\n", 4_000_000),
        ["words broken at every line"] = () => Times("a-\n", 2_000_000),
        ["entities"] = () => Times("&#039;", 1_000_000),
        ["a million nested tags"] = () => Page(Times("<div>", 1_000_000) + "Réunion à Lyon"),
        ["nested tags behind end tags that fit nothing"] = () => Page(Times("<b></x>", 1_000_000)),
        ["nested tables with end tags that do not count"] = () => Page(Times("<div><table><tr><td></div>", 300_000)),
        ["cells inside a drawing"] = () => Page("<svg>" + Times("<td>", 1_000_000)),
        ["a tag of half a million attributes"] = () => Page("<a " + Numbered(i => $"a{i}=1 ", 500_000) + ">x</a>"),
        ["two million paragraphs"] = () => Page(Times("<p>x", 2_000_000)),
        ["articles in articles"] = () => Page(Times("<article>", 390) + Times("mot ", 1_900_000)),
        ["opened tags without end"] = () => Page(Times("<", 8_000_000)),
        ["opened comments without end"] = () => Page(Times("<!--", 2_000_000)),
        ["links that the table throws out"] = () => Page("<table>" + Times("<a>x", 90_000)),
    };

    public static TheoryData<string> Names() => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Hostile_file_is_read_within_five_seconds_and_500_megabytes(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(Cases[name]());
        var watch = Stopwatch.StartNew();
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        var text = TextDecoding.Decode(bytes).Text.ShouldNotBeNull(name);
        CommuniqueReader.Default.Read(HtmlText.LooksLikeHtml(text) ? HtmlText.Extract(text) : text);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5), name);
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(MostBytes, name);
    }

    [Fact]
    public void Page_of_a_million_nested_tags_gives_its_words()
    {
        HtmlText.Extract(Times("<div>", 1_000_000) + "Réunion à Lyon").ShouldContain("Réunion à Lyon");
    }

    [Fact]
    public void Page_read_without_a_tree_keeps_scripts_out()
    {
        var html = Times("<div>", 1_000) + "<script>var ministre = 1;</script><!-- note --><p>Réunion à Lyon";

        HtmlText.Extract(html).Trim().ShouldBe("Réunion à Lyon");
    }

    [Fact]
    public void What_is_beyond_the_longest_article_is_set_aside_and_not_hidden()
    {
        var text = Numbered(i => $"Phrase numéro {i} sur la sécurité routière et la coopération.\n", 4_000);

        var reading = CommuniqueReader.Default.Read(text);

        reading.SetAside.ShouldContain(aside => aside.Reason == "length");
        reading.SetAside[^1].Span.End.ShouldBe(text.TrimEnd().Length);
    }

    [Fact]
    public void File_of_fifty_megabytes_is_refused_as_too_large()
    {
        TextDecoding.Decode(new byte[50_000_000]).Refusal.ShouldBe(DecodingRefusal.TooLarge);
    }

    [Fact]
    public void Line_of_ten_million_characters_is_refused_as_too_large()
    {
        var line = Encoding.UTF8.GetBytes(new string('a', 10_000_000));

        TextDecoding.Decode(line).Refusal.ShouldBe(DecodingRefusal.TooLarge);
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

    private static string Letters(int i) =>
        string.Concat((char)('a' + i % 26), (char)('a' + i / 26 % 26), (char)('a' + i / 676 % 26));
}
