using Entente.Reading.Knowledge;

namespace Entente.Reading.Text;

/// <summary>Recognises the language of each paragraph by its frequent words, and of the page by its article.</summary>
internal static class Languages
{
    private static readonly Dictionary<string, string[]> Words = Load();

    public static void Recognise(Page page)
    {
        var article = page.Paragraphs.FindAll(paragraph => paragraph.Aside is null);
        var scores = article.ConvertAll(paragraph =>
            Score(page.Text.AsSpan(paragraph.Start, Math.Min(paragraph.Length, 4000)))
        );
        var totals = scores.SelectMany(score => score).GroupBy(pair => pair.Key, StringComparer.Ordinal);
        page.Language =
            totals
                .OrderByDescending(group => group.Sum(pair => pair.Value))
                .ThenBy(group => group.Key, StringComparer.Ordinal)
                .FirstOrDefault()
                ?.Key
            ?? page.Language;
        for (var i = 0; i < article.Count; i++)
            article[i].Language = OfParagraph(scores[i], page.Language);
    }

    // Sister languages share small words: another language must win clearly, and with enough words.
    private static string OfParagraph(Dictionary<string, int> score, string pageLanguage)
    {
        var best = score
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .FirstOrDefault();
        return best.Value >= 10 && best.Value > score.GetValueOrDefault(pageLanguage) * 2 ? best.Key : pageLanguage;
    }

    private static Dictionary<string, int> Score(ReadOnlySpan<char> text)
    {
        var scores = new Dictionary<string, int>(StringComparer.Ordinal);
        var arabic = 0;
        var lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> lower = stackalloc char[12];
        for (var at = 0; at < text.Length; )
        {
            if (!char.IsLetter(text[at]))
            {
                at++;
                continue;
            }
            var stop = at;
            while (stop < text.Length && char.IsLetter(text[stop]))
                stop++;
            if (text[at] is >= '\u0600' and <= '\u06FF')
                arabic++;
            else if (stop - at <= lower.Length)
            {
                var length = text[at..stop].ToLowerInvariant(lower);
                if (length > 0 && lookup.TryGetValue(lower[..length], out var languages))
                    foreach (var language in languages)
                        scores[language] = scores.GetValueOrDefault(language) + 2;
            }
            at = stop;
        }
        if (arabic > 0)
            scores["ar"] = arabic;
        return scores;
    }

    private static Dictionary<string, string[]> Load() =>
        Vocabulary
            .Languages.Where(language => language != "ar")
            .SelectMany(language =>
                KnowledgeFile
                    .Lines($"{language}/language.txt")
                    .Where(line => line[0] != '[')
                    .Select(word => (word, language))
            )
            .GroupBy(pair => pair.word, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group.Select(pair => pair.language).ToArray(),
                StringComparer.Ordinal
            );
}
