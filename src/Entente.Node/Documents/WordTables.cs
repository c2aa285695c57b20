using System.Globalization;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Entente.Node.Documents;

internal static class WordTables
{
    /// <summary>The text's width on an A4 page with our margins, in twentieths of a point.</summary>
    private const int Width = 9638;

    /// <param name="rightToLeft">The first column stands at the right.</param>
    public static Table Start(IReadOnlyList<int> parts, bool rightToLeft, bool lined)
    {
        var properties = new TableProperties
        {
            TableWidth = new TableWidth { Type = TableWidthUnitValues.Pct, Width = "5000" },
            TableLayout = new TableLayout { Type = TableLayoutValues.Fixed },
            TableBorders = Borders(lined),
        };
        if (rightToLeft)
        {
            properties.BiDiVisual = new BiDiVisual();
        }

        var all = parts.Sum();
        var columns = parts.Select(part => new GridColumn
        {
            Width = (Width * part / all).ToString(CultureInfo.InvariantCulture),
        });
        return new Table(properties, new TableGrid(columns));
    }

    public static TableRow Head(IReadOnlyList<string> texts, string language)
    {
        var row = Row(texts.Select(text => WordText.Paragraph(text, WordStyles.CellHead, language)));
        row.TableRowProperties = new TableRowProperties(new CantSplit(), new TableHeader());
        return row;
    }

    public static TableRow Row(IEnumerable<Paragraph> cells) =>
        new(
            cells.Select(paragraph => new TableCell(
                new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Auto }),
                paragraph
            ))
        );

    private static TableBorders Borders(bool lined)
    {
        var kind = lined ? BorderValues.Single : BorderValues.None;
        return new TableBorders
        {
            TopBorder = new TopBorder
            {
                Val = kind,
                Size = 4,
                Color = "C4CBD3",
            },
            BottomBorder = new BottomBorder
            {
                Val = kind,
                Size = 4,
                Color = "C4CBD3",
            },
            InsideHorizontalBorder = new InsideHorizontalBorder
            {
                Val = kind,
                Size = 4,
                Color = "C4CBD3",
            },
        };
    }
}
