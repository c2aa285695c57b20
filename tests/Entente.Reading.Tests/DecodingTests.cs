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
}
