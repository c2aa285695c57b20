namespace Entente.Names;

/// <summary>
/// Finds where a text may name one of a few persons, by every run of as many words as the name has: no capital, no field and
/// no script tells a name here. Built once, then safe to share between threads.
/// </summary>
/// <example><c>new NamesInText(["Ahmed Ben Ali"]).Likeliest("vu avec ahmed ben ali au port")</c> is above
/// <see cref="Named"/>.</example>
public sealed class NamesInText
{
    /// <summary>From here on the text is taken to name the person. Above <see cref="NameComparison.Same"/>: a text has many
    /// runs of words, and each is a chance to be wrong.</summary>
    public const double Named = 0.9;

    private readonly List<List<NameWord>> _names = [];
    private readonly Dictionary<string, HashSet<int>> _keys = new(StringComparer.Ordinal);

    public NamesInText(IEnumerable<string> names)
    {
        foreach (var words in names.Select(NameWords.Of).Where(words => words.Count > 0))
        {
            // A word with one consonant is like too many others: it is compared where another word led.
            var telling = words.FindAll(word => WordLikeness.Bones(word.Letters).Length > 1);
            foreach (var key in (telling.Count > 0 ? telling : words).SelectMany(NameKeys.Of))
            {
                if (!_keys.TryGetValue(key, out var named))
                    _keys[key] = named = [];
                named.Add(_names.Count);
            }
            _names.Add(words);
        }
    }

    /// <returns>How likely the text names one of them: that of its likeliest words, 0 to 1.</returns>
    public double Likeliest(string text)
    {
        if (_names.Count == 0)
            return 0;
        var words = NameWords.Of(text);
        var led = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var compared = new HashSet<(int Name, int From, int Count)>();
        var likeliest = 0.0;
        for (var at = 0; at < words.Count; at++)
        {
            if (!led.TryGetValue(words[at].Letters, out var names))
                led[words[at].Letters] = names = Led(words[at]);
            foreach (var name in names)
                likeliest = Math.Max(likeliest, Around(words, at, name, compared));
        }
        return likeliest;
    }

    private int[] Led(NameWord word) =>
        [.. NameKeys.Of(word).SelectMany(key => _keys.GetValueOrDefault(key) ?? []).Distinct()];

    // Runs as long as the name, a word longer (one word written as two), and for long names a word shorter.
    private double Around(List<NameWord> words, int at, int name, HashSet<(int, int, int)> compared)
    {
        var length = _names[name].Count;
        var best = 0.0;
        for (var count = length > 2 ? length - 1 : length; count <= length + 1; count++)
        for (var from = Math.Max(0, at - count + 1); from <= at && from + count <= words.Count; from++)
            if (compared.Add((name, from, count)))
                best = Math.Max(best, NameComparison.Score(words.GetRange(from, count), _names[name]));
        return best;
    }
}
