using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Entente.Node.Documents;

/// <summary>What stands around the text on every page: the classification above and below, and the page's number.</summary>
internal static class WordFrame
{
    public static SectionProperties AddTo(MainDocumentPart main, string language, string? marking)
    {
        var header = main.AddNewPart<HeaderPart>();
        header.Header = new Header(Line(marking, language));
        var footer = main.AddNewPart<FooterPart>();
        var foot = Line(marking, language);
        foot.Append(Run(marking is null ? "" : "   "), Field("PAGE"), Run(" / "), Field("NUMPAGES"));
        footer.Footer = new Footer(foot);
        var section = new SectionProperties(
            new HeaderReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(header) },
            new FooterReference { Type = HeaderFooterValues.Default, Id = main.GetIdOfPart(footer) },
            new PageSize { Width = 11906, Height = 16838 },
            new PageMargin
            {
                Top = 1134,
                Bottom = 1134,
                Left = 1134,
                Right = 1134,
                Header = 567,
                Footer = 567,
                Gutter = 0,
            }
        );
        if (WordText.IsRightToLeft(language))
        {
            section.Append(new BiDi());
        }

        return section;
    }

    private static Paragraph Line(string? marking, string language)
    {
        var line = WordText.Paragraph(marking ?? "", WordStyles.Marking, language);
        line.ParagraphProperties!.Justification = new Justification { Val = JustificationValues.Center };
        return line;
    }

    private static Run Run(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static SimpleField Field(string instruction) => new(Run("1")) { Instruction = instruction };
}
