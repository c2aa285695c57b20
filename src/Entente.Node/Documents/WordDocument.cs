using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Entente.Node.Documents;

/// <summary>
/// Writes a .docx: title, headings, paragraphs, lists, tables, two languages side by side, bars. A document has one
/// language, whose direction the pages take; a single paragraph may be in another. Not safe for concurrent use.
/// </summary>
/// <example>
/// <code>
/// var document = new WordDocument("ar", "بطاقة", "Confidentiel");
/// document.Title("بطاقة"); document.Heading("العلاقة", 1); document.Paragraph("…");
/// var bytes = document.ToBytes();
/// </code>
/// </example>
/// <param name="language">ISO 639-1.</param>
/// <param name="name">The document's title in its properties.</param>
/// <param name="marking">The classification, on every page above and below; null for none.</param>
internal sealed class WordDocument(string language, string name, string? marking = null)
{
    private readonly List<OpenXmlElement> _content = [];

    public bool RightToLeft => WordText.IsRightToLeft(language);

    public void Title(string text) => Add(text, WordStyles.Title, null);

    /// <param name="level">1 to 3.</param>
    public void Heading(string text, int level, string? inLanguage = null) =>
        Add(text, WordStyles.Heading(level), inLanguage);

    /// <summary>A line break in the text is one in the document.</summary>
    public void Paragraph(string text, string? inLanguage = null) => Add(text, null, inLanguage);

    /// <summary>Smaller and grey: where something comes from, how it was counted.</summary>
    public void Note(string text, string? inLanguage = null) => Add(text, WordStyles.Note, inLanguage);

    public void Quote(string text, string? inLanguage = null) => Add(text, WordStyles.Quote, inLanguage);

    public void List(IEnumerable<string> items, bool numbered = false)
    {
        foreach (var item in items)
        {
            var paragraph = WordText.Paragraph(item, WordStyles.ListItem, language);
            paragraph.ParagraphProperties!.NumberingProperties = new NumberingProperties(
                new NumberingLevelReference { Val = 0 },
                new NumberingId { Val = numbered ? WordStyles.Numbers : WordStyles.Bullets }
            );
            _content.Add(paragraph);
        }
    }

    /// <param name="head">The heads of the columns, repeated on every page; none for a table of facts.</param>
    /// <param name="widths">Parts of the width, one a column; even without them.</param>
    public void Table(
        IReadOnlyList<string> head,
        IReadOnlyList<IReadOnlyList<string>> rows,
        IReadOnlyList<int>? widths = null
    )
    {
        var columns = rows.Count > 0 ? rows[0].Count : head.Count;
        var table = WordTables.Start(widths ?? [.. Enumerable.Repeat(1, columns)], RightToLeft, lined: true);
        if (head.Count > 0)
        {
            table.Append(WordTables.Head(head, language));
        }

        foreach (var row in rows)
        {
            table.Append(WordTables.Row(row.Select(text => WordText.Paragraph(text, WordStyles.Cell, language))));
        }

        Add(table);
    }

    /// <summary>Two languages of one text, piece by piece at the same height. The first stands at the start of the line.</summary>
    public void SideBySide(
        string firstLanguage,
        string secondLanguage,
        IReadOnlyList<(string First, string Second)> pieces
    )
    {
        var table = WordTables.Start([1, 1], WordText.IsRightToLeft(firstLanguage), lined: false);
        foreach (var (first, second) in pieces)
        {
            table.Append(
                WordTables.Row([
                    WordText.Paragraph(first, null, firstLanguage),
                    WordText.Paragraph(second, null, secondLanguage),
                ])
            );
        }

        Add(table);
    }

    /// <summary>A bar chart out of a table: prints everywhere, and says its figures.</summary>
    public void Bars(IReadOnlyList<(string Label, double Value)> bars)
    {
        var most = bars.Count == 0 ? 0 : bars.Max(bar => bar.Value);
        var table = WordTables.Start([4, 5, 1], RightToLeft, lined: false);
        foreach (var (label, value) in bars)
        {
            table.Append(
                WordTables.Row([
                    WordText.Paragraph(label, WordStyles.Cell, language),
                    WordText.Bar(most > 0 ? value / most : 0, RightToLeft),
                    WordText.Paragraph(value.ToString("0.##", CultureInfo.InvariantCulture), WordStyles.Cell, language),
                ])
            );
        }

        Add(table);
    }

    public void PageBreak() => _content.Add(new Paragraph(new Run(new Break { Type = BreakValues.Page })));

    public byte[] ToBytes()
    {
        using var file = new MemoryStream();
        using (var package = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            package.PackageProperties.Title = WordText.Clean(name);
            package.PackageProperties.Language = language;
            var main = package.AddMainDocumentPart();
            WordStyles.AddTo(main, language);
            var body = new Body(_content.Select(one => one.CloneNode(true)));
            body.Append(WordFrame.AddTo(main, language, marking));
            main.Document = new Document(body);
        }

        return file.ToArray();
    }

    private void Add(string text, string? style, string? inLanguage) =>
        _content.Add(WordText.Paragraph(text, style, inLanguage ?? language));

    // Word wants a paragraph between two tables, or it joins them.
    private void Add(Table table)
    {
        _content.Add(table);
        _content.Add(new Paragraph());
    }
}
