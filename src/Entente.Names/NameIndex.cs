namespace Entente.Names;

/// <summary>Many names to search by another rendering of one of them. Built once, then safe to share between threads.</summary>
/// <typeparam name="T">What a name stands for.</typeparam>
public sealed class NameIndex<T>
{
    /// <summary>Names compared in one search: those that share the rarest words with the one looked for.</summary>
    private const int Compared = 100;

    /// <summary>A word that more names share says too little to be followed while others do.</summary>
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
        return
        [
            .. Candidates(Keys(words))
                .Select(id => (_names[id].Value, NameComparison.Score(words, _names[id].Words)))
                .Where(hit => hit.Item2 >= least)
                .OrderByDescending(hit => hit.Item2),
        ];
    }

    // The rarer a shared word, the more it says.
    private IEnumerable<int> Candidates(HashSet<string> keys)
    {
        var lists = keys.Select(key => _bones.GetValueOrDefault(key)).OfType<List<int>>().ToList();
        var telling = lists.FindAll(list => list.Count <= Common);
        var shared = new Dictionary<int, double>();
        foreach (var list in telling.Count > 0 ? telling : lists)
        foreach (var id in list)
            shared[id] = shared.GetValueOrDefault(id) + 1 / (1 + Math.Log(list.Count));
        return shared.OrderByDescending(pair => pair.Value).Take(Compared).Select(pair => pair.Key);
    }

    private static HashSet<string> Keys(List<NameWord> words) =>
        words.SelectMany(NameKeys.Of).ToHashSet(StringComparer.Ordinal);
}
