using Entente.Node.Documents;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Web;

namespace Entente.Node.Features.Texts;

/// <summary>A text as a Word document, in one language or two side by side; signed texts with their signatures.</summary>
internal sealed class TextDocument(NodeMarking marking, LabelBook labels)
{
    public async Task<byte[]> WriteAsync(TextView view, string language, string? second, CancellationToken cancellation)
    {
        var text = view.Signed ?? view.Seen;
        var first = text.Languages.Contains(language) ? language : text.Languages[0];
        var beside = second is not null && second != first && text.Languages.Contains(second) ? second : null;
        var mark = await marking.MarkAsync(view.Row.Rank, cancellation);
        var document = new WordDocument(first, TitleOf(text, first), mark.Marking);
        document.Title(TitleOf(text, first));
        if (view.Row.State != TextStates.InForce)
        {
            document.Note(labels.Text($"texts.state.{view.Row.State}", first));
        }

        var clauses = text.Clauses.Where(clause => !clause.Current.Proposed.Removed).ToList();
        if (beside is not null)
        {
            document.SideBySide(
                first,
                beside,
                [
                    (TitleOf(text, first), TitleOf(text, beside)),
                    .. clauses.Select((clause, i) => (Numbered(clause, i, first), Numbered(clause, i, beside))),
                ]
            );
        }
        else
        {
            foreach (var (i, clause) in clauses.Index())
            {
                document.Paragraph(Numbered(clause, i, first));
            }
        }

        Signatures(document, view, first);
        return document.ToBytes();
    }

    private void Signatures(WordDocument document, TextView view, string language)
    {
        if (view.Sent.InForce is not { } force)
        {
            return;
        }

        document.Heading(labels.Text("texts.signatures", language), 2);
        document.Table(
            [labels.Text("texts.side", language), labels.Text("texts.signed-at", language)],
            [
                .. force.Signatures.Select(
                    IReadOnlyList<string> (s) =>
                        [
                            s.By,
                            TemplateFacts.Date(
                                s.At.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                                language
                            ),
                        ]
                ),
            ]
        );
        document.Note($"SHA-256 {force.Sha256}");
    }

    private static string Numbered(ClauseState clause, int index, string language) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{index + 1}. {Words(clause, language)}");

    /// <summary>All that stands: in a disagreement each side's wording, under its name.</summary>
    internal static string Words(ClauseState clause, string language) =>
        clause.Heads.Count == 1
            ? clause.Current.In(language)
            : string.Join('\n', clause.Heads.Select(v => $"[{v.By}] {v.In(language)}"));

    private static string TitleOf(TextState text, string language) => text.Title?.Current.In(language) ?? "";
}
