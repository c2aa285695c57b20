using System.Buffers;
using Entente.Reading.Text;

namespace Entente.Reading.Knowledge;

/// <summary>The words by which page furniture gives itself away, of all languages together: a German page may sit in
/// an English frame.</summary>
internal static class FurnitureMarks
{
    private static readonly List<(string Mark, string Words, bool Starts)> Marks = Load();

    private static readonly SearchValues<string> Any = SearchValues.Create(
        [.. Marks.Select(mark => mark.Words)],
        StringComparison.Ordinal
    );

    /// <summary>The reason in the files of the first mark the line carries, or null.</summary>
    public static string? Find(string line)
    {
        var folded = Folding.Fold(line.AsSpan(0, Math.Min(line.Length, 200))).Replace('’', '\'');
        if (folded.AsSpan().IndexOfAny(Any) < 0)
            return null;
        var plain = folded.AsSpan().TrimStart(" •*-–—[(<>»▸+_:=#");
        foreach (var (mark, words, starts) in Marks)
            if (
                starts
                    ? plain.StartsWith(words, StringComparison.Ordinal)
                    : folded.Contains(words, StringComparison.Ordinal)
            )
                return mark;
        return null;
    }

    private static List<(string Mark, string Words, bool Starts)> Load()
    {
        var marks = new List<(string, string, bool)>();
        foreach (var language in Vocabulary.Languages)
        {
            var name = $"{language}/furniture.txt";
            string? mark = null;
            foreach (var line in KnowledgeFile.Lines(name))
            {
                if (line[0] == '[')
                    mark = line[1..^1];
                else
                    marks.Add((mark!, Folding.Fold(line.TrimEnd('*')), !line.StartsWith('*')));
            }
        }
        return
        [
            .. marks
                .Select(m => (m.Item1, m.Item2.TrimStart('*'), m.Item3))
                .OrderBy(m =>
                    m.Item1 switch
                    {
                        "comments" => 0,
                        "related" => 1,
                        _ => 2,
                    }
                ),
        ];
    }
}
