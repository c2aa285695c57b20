using System.Globalization;
using Entente.Node.Documents;
using Entente.Node.Hosting;
using Entente.Node.Web;

namespace Entente.Node.Features.Rights;

/// <summary>A letter as it stands: what is shown to whoever approves it, printed, and written as a document.</summary>
/// <param name="Rows">The data communicated: date, data, category, exchanged with.</param>
public sealed record Letter(
    string Language,
    string Sender,
    string Addressee,
    string Date,
    string Reference,
    string Subject,
    IReadOnlyList<string> Paragraphs,
    IReadOnlyList<string> Heads,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string> Closing
)
{
    public string Text =>
        string.Join(
            "\n\n",
            [
                Sender,
                Addressee,
                Date,
                Reference,
                Subject,
                .. Paragraphs,
                .. Rows.Select(row => string.Join(" · ", row)),
                .. Closing,
            ]
        );

    internal byte[] ToWord()
    {
        var document = new WordDocument(Language, Subject);
        document.Paragraph(Sender);
        document.Paragraph(Addressee);
        document.Paragraph(Date);
        document.Note(Reference);
        document.Heading(Subject, 2);
        foreach (var paragraph in Paragraphs)
        {
            document.Paragraph(paragraph);
        }

        if (Rows.Count > 0)
        {
            document.Table(Heads, Rows, [2, 4, 2, 2]);
        }

        foreach (var paragraph in Closing)
        {
            document.Paragraph(paragraph);
        }

        return document.ToBytes();
    }
}

/// <summary>Writes the letters, as an administration would, in the language of the person.</summary>
internal sealed class LetterWriter(LabelBook labels, NodeOptions node, TimeProvider clock)
{
    public Letter Write(RightsFile file, RightsAnswer answer, IReadOnlyList<HeldItem> items)
    {
        var (request, language) = (file.Request, file.Request.Language);
        return new Letter(
            language,
            node.Names.GetValueOrDefault(language) ?? node.Names.Values.First(),
            string.Join('\n', new[] { file.Facts.Name, file.Facts.Address }.Where(line => line.Length > 0)),
            Day(clock.GetUtcNow(), language),
            Say("rights.letter.reference", language, request.Id[^12..]),
            Say($"rights.letter.subject.{request.Kind}", language),
            [
                Say("rights.letter.salutation", language),
                Say($"rights.letter.opening.{request.Kind}", language, Day(request.ReceivedAt, language)),
                Body(request, answer, language),
            ],
            [
                Say("rights.letter.date", language),
                Say("rights.letter.data", language),
                Say("rights.letter.category", language),
                Say("rights.letter.with", language),
            ],
            answer.Outcome == RightsAnswer.Provided ? [.. items.Select(item => Row(item, language))] : [],
            [
                Say("rights.letter.remedies", language),
                Say("rights.letter.closing", language),
                Say("rights.letter.signature", language),
            ]
        );
    }

    private string Body(RightsRequest request, RightsAnswer answer, string language) =>
        answer.Outcome switch
        {
            RightsAnswer.Provided => Say("rights.letter.provided", language),
            RightsAnswer.Done => Say($"rights.letter.done.{request.Kind}", language),
            RightsAnswer.Refused => Say(
                "rights.letter.refused",
                language,
                Say($"rights.ground.{answer.Ground}", language)
            ),
            // Word for word the same, whether there is nothing or nothing may be said.
            _ => Say("rights.letter.none", language),
        };

    private IReadOnlyList<string> Row(HeldItem item, string language)
    {
        var category = item.Data.Count > 0 ? item.Data[0].Category : null;
        var key = $"retention.category.{category}";
        return
        [
            Day(item.Opened.Stored.Sent, language),
            string.Join('\n', item.Said),
            labels.Text(
                category is not null && labels.All.ContainsKey(key) ? key : "retention.category.other",
                language
            ),
            Country(item.Opened.Stored.Partner[..2].ToUpperInvariant(), language),
        ];
    }

    private string Country(string code, string language) =>
        labels.All.ContainsKey($"country.{code}") ? labels.Text($"country.{code}", language) : code;

    private string Say(string key, string language, params object[] arguments) =>
        string.Format(CultureInfo.GetCultureInfo(language), labels.Text(key, language), arguments);

    public static string Day(DateTimeOffset at, string language) =>
        Wording.LongDay(DateOnly.FromDateTime(at.DateTime), language);
}
