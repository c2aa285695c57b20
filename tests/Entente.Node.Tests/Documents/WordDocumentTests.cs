using System.Diagnostics;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using Entente.Node.Documents;

namespace Entente.Node.Tests.Documents;

public class WordDocumentTests
{
    [Theory]
    [InlineData("fr")]
    [InlineData("ar")]
    public void A_document_with_everything_in_it_is_valid(string language)
    {
        using var package = Open(Everything(language).ToBytes());

        var faults = new OpenXmlValidator(FileFormatVersions.Office2019)
            .Validate(package, TestContext.Current.CancellationToken)
            .ToList();

        faults.Select(f => $"{f.Path?.XPath}: {f.Description}").ShouldBeEmpty();
    }

    [Fact]
    public void An_Arabic_document_runs_from_right_to_left()
    {
        using var package = Open(Everything("ar").ToBytes());

        var body = package.MainDocumentPart!.Document.Body!;
        body.Descendants<BiDiVisual>().ShouldNotBeEmpty();
        body.Elements<Paragraph>().First().ParagraphProperties!.BiDi!.Val!.Value.ShouldBeTrue();
        body.Descendants<RightToLeftText>().ShouldNotBeEmpty();
    }

    [Fact]
    public void A_Latin_name_in_an_Arabic_sentence_is_a_run_of_its_own()
    {
        var pieces = Directions.Split("التقى الوزير Nordwind في الرباط.", rightToLeft: true).ToList();

        pieces.ShouldBe([("التقى الوزير ", true), ("Nordwind", false), (" في الرباط.", true)]);
    }

    [Fact]
    public void The_classification_stands_on_every_page()
    {
        using var package = Open(new WordDocument("fr", "x", "Diffusion restreinte").ToBytes());

        package.MainDocumentPart!.HeaderParts.Single().Header.InnerText.ShouldBe("Diffusion restreinte");
    }

    [Fact]
    public void Characters_that_no_document_may_hold_are_left_out()
    {
        var document = new WordDocument("fr", "x");
        document.Paragraph("a\u0000b\u0007c\uFFFE\nd");

        using var package = Open(document.ToBytes());

        package.MainDocumentPart!.Document.Body!.InnerText.ShouldBe("abcd");
    }

    [Fact]
    public async Task LibreOffice_opens_it()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/soffice"), "LibreOffice is not here.");
        var folder = Directory.CreateTempSubdirectory("entente-word-");
        try
        {
            var path = Path.Combine(folder.FullName, "all.docx");
            await File.WriteAllBytesAsync(path, Everything("ar").ToBytes(), TestContext.Current.CancellationToken);
            string[] arguments =
            [
                $"-env:UserInstallation=file://{folder.FullName}/profile",
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                folder.FullName,
                path,
            ];
            var start = new ProcessStartInfo("/usr/bin/soffice", arguments) { RedirectStandardOutput = true };
            using var office = Process.Start(start)!;
            await office.WaitForExitAsync(TestContext.Current.CancellationToken);

            new FileInfo(Path.ChangeExtension(path, ".pdf")).Length.ShouldBeGreaterThan(5000);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static WordDocument Everything(string language)
    {
        var document = new WordDocument(language, "Tout", "Diffusion restreinte");
        document.Title("فiche – كل شيء");
        document.Heading("Un", 1);
        document.Heading("Deux", 2, "fr");
        document.Paragraph("سطر\nثان Latin 2024-01-02 (x).");
        document.Note("note");
        document.Quote("« citation »", "fr");
        document.List(["a", "b"]);
        document.List(["a", "b"], numbered: true);
        document.Table(
            ["A", "B"],
            [
                ["1", "2"],
                ["3", "4"],
            ],
            [2, 1]
        );
        document.SideBySide("fr", "ar", [("Article premier", "المادة الأولى"), ("Texte", "نص")]);
        document.Bars([("un", 1), ("deux", 2.5), ("zéro", 0)]);
        document.PageBreak();
        document.Paragraph("fin");
        return document;
    }

    private static WordprocessingDocument Open(byte[] bytes) =>
        WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
}
