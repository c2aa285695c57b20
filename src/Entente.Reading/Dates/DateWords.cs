using Entente.Reading.Knowledge;

namespace Entente.Reading.Dates;

/// <summary>Month names wherever they stand, for the marks after an ordinal that do not end a sentence.</summary>
internal static class DateWords
{
    private static readonly HashSet<string> Words = Load();

    public static bool IsMonth(string folded) =>
        Words.Contains(folded) || (folded.Length > 5 && folded.EndsWith("kuuta", StringComparison.Ordinal));

    private static HashSet<string> Load()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var language in Vocabulary.Languages)
        foreach (var entry in KnowledgeFile.Entries($"{language}/months.txt"))
        foreach (var test in entry.Elements[0].Alternatives)
            words.Add(test.Word);
        return words;
    }
}
