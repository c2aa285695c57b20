using Entente.Node.Documents;
using Entente.Node.Web;

namespace Entente.Node.Features.Briefing;

/// <summary>The briefing as a Word document.</summary>
internal sealed class BriefingDocument(LabelBook labels)
{
    public byte[] Write(Fiche fiche)
    {
        var document = new WordDocument(fiche.Language, fiche.Title, fiche.Marking);
        document.Title(fiche.Title);
        document.Note($"{labels.Text("briefing.made", fiche.Language)} {fiche.MadeAt}");
        foreach (var section in fiche.Sections)
        {
            document.Heading(section.Title, 1);
            foreach (var block in section.Blocks)
            {
                Write(document, block);
            }
        }

        return document.ToBytes();
    }

    private static void Write(WordDocument document, FicheBlock block)
    {
        switch (block)
        {
            case FicheFacts facts:
                document.Table(
                    [],
                    [.. facts.Rows.Select(IReadOnlyList<string> (row) => [row.Label, row.Value])],
                    [1, 2]
                );
                break;
            case FicheTable table:
                document.Table(
                    table.Head,
                    table.Rows,
                    table.Head.Count > 2 ? [3, .. table.Head.Skip(1).Select(_ => 1)] : null
                );
                break;
            case FicheBars bars:
                document.Heading(bars.Title, 3);
                document.Bars(bars.Rows);
                break;
            case FicheList list:
                document.List(list.Items, list.Numbered);
                break;
            case FicheNote note:
                document.Note(note.Text);
                break;
            default:
                throw new InvalidOperationException($"No way to write a {block.GetType().Name}.");
        }
    }
}
