namespace Entente.Names;

/// <summary>Many names to search by another rendering of one of them. Built once, then safe to share between threads.</summary>
/// <typeparam name="T">What a name stands for.</typeparam>
public sealed class NameIndex<T>
{
    /// <summary>A word that more names share than this finds them only together with another.</summary>
    private const int Common = 2_000;

    private readonly List<(T Value, List<NameWord> Words)> _names = [];
    private readonly Dictionary<string, List<int>> _bones = new(StringComparer.Ordinal);

    public NameIndex(IEnumerable<(string Name, T Value)> names)
    {
        foreach (var (name, value) in names)
        {
            var words = NameWords.Of(name);
            foreach (var key in Keys(words))
            {
                if (!_bones.TryGetValue(key, out var list))
                    _bones[key] = list = [];
                list.Add(_names.Count);
            }
            _names.Add((value, words));
        }
    }

    public int Count => _names.Count;

    /// <summary>What the name may stand for, the likeliest first.</summary>
    public IReadOnlyList<(T Value, double Score)> Search(string name, double least = NameComparison.Same)
    {
        var words = NameWords.Of(name);
        var seen = new Dictionary<int, int>();
        foreach (var key in Keys(words))
        foreach (var id in _bones.GetValueOrDefault(key) ?? [])
            seen[id] = seen.GetValueOrDefault(id) + (_bones[key].Count > Common ? 1 : 2);
        return
        [
            .. seen.Where(pair => pair.Value >= 2)
                .Select(pair => (_names[pair.Key].Value, NameComparison.Score(words, _names[pair.Key].Words)))
                .Where(hit => hit.Item2 >= least)
                .OrderByDescending(hit => hit.Item2),
        ];
    }

    // The consonants of each word, and of each word with one of them left out: one slip of the pen is forgiven.
    private static HashSet<string> Keys(List<NameWord> words)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in words)
        {
            var bones = WordLikeness.Bones(word.Letters);
            if (bones.Length > 0)
                keys.Add(bones);
            for (var i = 0; i < bones.Length && bones.Length > 3; i++)
                keys.Add(bones.Remove(i, 1));
        }
        return keys;
    }
}
