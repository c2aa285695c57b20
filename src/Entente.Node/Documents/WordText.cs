using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Entente.Node.Documents;

/// <summary>Paragraphs and their runs, in the direction that their language is written in.</summary>
internal static class WordText
{
    private const int LongestBar = 24;

    public static bool IsRightToLeft(string language) => CultureInfo.GetCultureInfo(language).TextInfo.IsRightToLeft;

    public static Paragraph Paragraph(string text, string? style, string language)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
        {
            properties.ParagraphStyleId = new ParagraphStyleId { Val = style };
        }

        var rightToLeft = IsRightToLeft(language);
        // Said either way: the document's own direction is the default otherwise.
        properties.BiDi = new BiDi { Val = rightToLeft };
        var paragraph = new Paragraph(properties);
        foreach (var (piece, backwards) in Directions.Split(Clean(text), rightToLeft))
        {
            paragraph.Append(Run(piece, backwards, language));
        }

        return paragraph;
    }

    public static Paragraph Bar(double share, bool rightToLeft)
    {
        var blocks = share <= 0 ? 0 : Math.Max(1, (int)Math.Round(share * LongestBar));
        var run = new Run(new Text(new string('█', blocks)))
        {
            RunProperties = new RunProperties { Color = new Color { Val = "2F6DB5" } },
        };
        return new Paragraph(
            new ParagraphProperties
            {
                ParagraphStyleId = new ParagraphStyleId { Val = WordStyles.Cell },
                BiDi = new BiDi { Val = rightToLeft },
            },
            run
        );
    }

    /// <summary>What XML cannot hold is left out: it is invisible anyway.</summary>
    public static string Clean(string text) =>
        string.Concat(
            text.EnumerateRunes()
                .Where(rune => rune.Value is '\n' or '\t' || !Rune.IsControl(rune))
                .Where(rune => !rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
        );

    private static Run Run(string text, bool rightToLeft, string language)
    {
        var properties = new RunProperties();
        if (rightToLeft)
        {
            properties.RightToLeftText = new RightToLeftText();
            properties.Languages = new Languages { Bidi = language };
        }
        else
        {
            properties.Languages = new Languages { Val = language };
        }

        var run = new Run(properties);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(lines[i]) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }
}
