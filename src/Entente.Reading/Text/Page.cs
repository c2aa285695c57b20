using Entente.Reading.Knowledge;

namespace Entente.Reading.Text;

/// <summary>A line or joined lines of the text; <see cref="Aside"/> says why it is not part of the article.</summary>
internal sealed class Paragraph(int start, int end)
{
    public int Start { get; } = start;
    public int End { get; } = end;
    public int Length => End - Start;
    public string? Aside { get; set; }
    public bool IsTitle { get; set; }
    public string Language { get; set; } = "";
    public int FirstToken { get; set; }
    public int EndToken { get; set; }
}

/// <summary>A sentence of the article. <see cref="Order"/> counts from 0 over the article, the title included.</summary>
internal sealed class Sentence(int first, int end, Paragraph paragraph, int order)
{
    public int First { get; } = first;
    public int End { get; } = end;
    public Paragraph Paragraph { get; } = paragraph;
    public int Order { get; } = order;
    public List<Tag> Tags { get; } = [];

    public bool Has(string category, string? code = null) =>
        Tags.Exists(tag => tag.Category == category && (code is null || tag.Code == code));
}

/// <summary>The text, cut and tagged: what all rules read. Built once, then only read.</summary>
internal sealed class Page(string text)
{
    public string Text { get; } = text;
    public string Language { get; set; } = "fr";
    public string? Url { get; set; }
    public List<Paragraph> Paragraphs { get; } = [];
    public List<Token> Tokens { get; } = [];
    public List<Sentence> Sentences { get; } = [];
    public Paragraph? Title { get; set; }

    /// <summary>Sentences of the article's body, without the title.</summary>
    public IEnumerable<Sentence> Body => Sentences.Where(sentence => !sentence.Paragraph.IsTitle);

    public Span SpanOf(int first, int end) => new(Tokens[first].Start, Tokens[end - 1].End - Tokens[first].Start);

    public Span SpanOf(Tag tag) => SpanOf(tag.First, tag.End);

    public string Words(int first, int end) =>
        end <= first ? "" : Text.Substring(Tokens[first].Start, Tokens[end - 1].End - Tokens[first].Start);

    public string Words(Tag tag) => Words(tag.First, tag.End);
}
