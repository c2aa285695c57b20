using System.IO.Compression;
using System.Text;

namespace Entente.Reading.Tests;

public sealed class DecodingTests
{
    static DecodingTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Theory]
    [InlineData("utf-8", "Réunion à Rabat : sécurité et coopération")]
    [InlineData("utf-16", "Réunion à Rabat")]
    [InlineData("windows-1252", "Réunion à Rabat : sécurité et coopération, entre les deux pays")]
    [InlineData("windows-1256", "اجتماع بالرباط حول التعاون الأمني")]
    public void Text_in_a_usual_encoding_is_decoded(string encoding, string text)
    {
        var coding = Encoding.GetEncoding(encoding);

        var decoded = TextDecoding.Decode([.. coding.GetPreamble(), .. coding.GetBytes(text)]);

        decoded.Text.ShouldBe(text);
        decoded.Refusal.ShouldBeNull();
    }

    [Fact]
    public void Arabic_page_in_windows_1256_is_told_from_accents_by_its_runs()
    {
        const string html =
            "<html><body class=\"article-page rtl\"><div class=\"content\"><p>وزير الداخلية</p></div></body></html>";

        TextDecoding.Decode(Encoding.GetEncoding("windows-1256").GetBytes(html)).Text.ShouldBe(html);
    }

    [Fact]
    public void Utf8_text_with_a_lost_byte_stays_readable()
    {
        var bytes = Encoding.UTF8.GetBytes("اجتماع بالرباط حول التعاون الأمني").ToList();
        bytes.RemoveAt(20);

        var decoded = TextDecoding.Decode([.. bytes]);

        decoded.Encoding.ShouldBe("utf-8");
        decoded.Text!.ShouldEndWith("حول التعاون الأمني");
    }

    [Fact]
    public void Word_document_gives_its_paragraphs()
    {
        const string xml = """
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>
            <w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Réunion à </w:t></w:r><w:r><w:t>Lyon</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>12 mars</w:t><w:tab/><w:t>2021</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:del><w:r><w:delText>supprimé</w:delText></w:r></w:del></w:p></w:body></w:document>
            """;

        var decoded = TextDecoding.Read(Archive("word/document.xml", xml));

        decoded.Encoding.ShouldBe("docx");
        decoded.Text!.Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(["Réunion à Lyon", "12 mars 2021"]);
    }

    [Theory]
    [InlineData("other.xml", "<a/>")]
    [InlineData("word/document.xml", "<a")]
    [InlineData("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>")]
    public void Archive_that_is_no_word_document_is_refused(string name, string xml)
    {
        TextDecoding.Read(Archive(name, xml)).Refusal.ShouldBe(DecodingRefusal.Binary);
    }

    [Fact]
    public void Word_document_that_swells_is_refused()
    {
        var xml = "<a>" + new string(' ', 80_000_000) + "</a>";

        TextDecoding.Read(Archive("word/document.xml", xml)).Refusal.ShouldBe(DecodingRefusal.Binary);
    }

    [Fact]
    public void Page_gives_its_article_without_script_and_menu()
    {
        const string html = """
            <!DOCTYPE html><html><head><title>x</title><script>var a = "ministre";</script></head>
            <body><nav>Accueil Sport</nav><article><h1>Réunion à Lyon</h1><p>Les deux ministres se sont
            réunis&nbsp;lundi.</p></article><form>Nom</form></body></html>
            """;

        HtmlText.LooksLikeHtml(html).ShouldBeTrue();
        HtmlText
            .Extract(html)
            .Trim()
            .Split('\n')
            .ShouldBe(["Réunion à Lyon", "Les deux ministres se sont réunis lundi."]);
    }

    [Fact]
    public void Communique_is_no_page()
    {
        HtmlText.LooksLikeHtml("Le ministre < 3 jours > a reçu").ShouldBeFalse();
    }

    private static byte[] Archive(string name, string content)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }
        return bytes.ToArray();
    }
}
