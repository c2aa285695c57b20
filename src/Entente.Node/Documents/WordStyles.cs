using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Entente.Node.Documents;

/// <summary>How our documents look: one face, dark blue heads, numbers and bullets.</summary>
internal static class WordStyles
{
    public const string Title = "Title";
    public const string Quote = "Quote";
    public const string Note = "Note";
    public const string Cell = "Cell";
    public const string CellHead = "CellHead";
    public const string ListItem = "ListParagraph";
    public const string Marking = "Marking";
    public const int Bullets = 1;
    public const int Numbers = 2;

    private const string Ink = "1B2F4B";
    private const string Face = "Arial";

    public static string Heading(int level) => $"Heading{Math.Clamp(level, 1, 3)}";

    public static void AddTo(MainDocumentPart main, string language)
    {
        main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
            Defaults(language),
            Style("Normal", "Normal", "22", space: "120", isDefault: true),
            Style(Title, "Title", "40", bold: true, color: Ink, space: "200"),
            Style("Heading1", "heading 1", "30", bold: true, color: Ink, space: "120", before: "360", head: 0),
            Style("Heading2", "heading 2", "25", bold: true, color: Ink, space: "80", before: "240", head: 1),
            Style("Heading3", "heading 3", "22", bold: true, color: Ink, space: "60", before: "160", head: 2),
            Style(Quote, "Quote", "22", italic: true, color: "44546A", space: "120"),
            Style(Note, "Note", "18", color: "5B6776", space: "80"),
            Style(Cell, "Cell", "20", space: "40", before: "40"),
            Style(CellHead, "Cell head", "20", bold: true, color: Ink, space: "40", before: "40"),
            Style(ListItem, "List Paragraph", "22", space: "60"),
            Style(Marking, "Marking", "20", bold: true, color: "9C1C1C", space: "0")
        );
        main.AddNewPart<NumberingDefinitionsPart>().Numbering = new Numbering(
            Levels(Bullets, NumberFormatValues.Bullet, "•"),
            Levels(Numbers, NumberFormatValues.Decimal, "%1."),
            new NumberingInstance(new AbstractNumId { Val = Bullets }) { NumberID = Bullets },
            new NumberingInstance(new AbstractNumId { Val = Numbers }) { NumberID = Numbers }
        );
    }

    private static DocDefaults Defaults(string language) =>
        new(
            new RunPropertiesDefault(
                new RunPropertiesBaseStyle
                {
                    RunFonts = new RunFonts
                    {
                        Ascii = Face,
                        HighAnsi = Face,
                        ComplexScript = Face,
                    },
                    FontSize = new FontSize { Val = "22" },
                    FontSizeComplexScript = new FontSizeComplexScript { Val = "24" },
                    Languages = new Languages
                    {
                        Val = language,
                        Bidi = WordText.IsRightToLeft(language) ? language : "ar",
                    },
                }
            ),
            new ParagraphPropertiesDefault(
                new ParagraphPropertiesBaseStyle(
                    new SpacingBetweenLines
                    {
                        After = "120",
                        Line = "264",
                        LineRule = LineSpacingRuleValues.Auto,
                    }
                )
            )
        );

    private static Style Style(
        string id,
        string name,
        string size,
        bool bold = false,
        bool italic = false,
        string? color = null,
        string space = "120",
        string before = "0",
        int? head = null,
        bool isDefault = false
    )
    {
        var text = new StyleRunProperties();
        if (bold)
        {
            text.Bold = new Bold();
            text.BoldComplexScript = new BoldComplexScript();
        }

        if (italic)
        {
            text.Italic = new Italic();
            text.ItalicComplexScript = new ItalicComplexScript();
        }

        if (color is not null)
        {
            text.Color = new Color { Val = color };
        }

        text.FontSize = new FontSize { Val = size };
        text.FontSizeComplexScript = new FontSizeComplexScript { Val = size };
        var shape = new StyleParagraphProperties
        {
            SpacingBetweenLines = new SpacingBetweenLines { Before = before, After = space },
        };
        if (head is { } level)
        {
            shape.KeepNext = new KeepNext();
            shape.OutlineLevel = new OutlineLevel { Val = level };
        }

        return new Style
        {
            Type = StyleValues.Paragraph,
            StyleId = id,
            Default = isDefault ? true : null,
            StyleName = new StyleName { Val = name },
            BasedOn = isDefault ? null : new BasedOn { Val = "Normal" },
            PrimaryStyle = new PrimaryStyle(),
            StyleParagraphProperties = shape,
            StyleRunProperties = text,
        };
    }

    private static AbstractNum Levels(int id, NumberFormatValues format, string text) =>
        new(
            new MultiLevelType { Val = MultiLevelValues.SingleLevel },
            new Level(
                new StartNumberingValue { Val = 1 },
                new NumberingFormat { Val = format },
                new LevelText { Val = text },
                new LevelJustification { Val = LevelJustificationValues.Left },
                new PreviousParagraphProperties(new Indentation { Left = "454", Hanging = "284" })
            )
            {
                LevelIndex = 0,
            }
        )
        {
            AbstractNumberId = id,
        };
}
