namespace Entente.Names;

/// <summary>Says how likely two strings are renderings of one name, whatever their scripts, order, particles and slips of
/// the pen. Thread safe; the same for (a, b) and (b, a) up to ties.</summary>
/// <example><c>NameComparison.Score("عبد اللطيف الزين", "Abdel Latif El Zein")</c> is above <see cref="Same"/>.</example>
public static class NameComparison
{
    /// <summary>From here on two renderings are taken for one name.</summary>
    public const double Same = 0.5;

    /// <summary>Less alike, two words are two words.</summary>
    private const double Paired = 0.5;

    /// <summary>So alike, one word is taken for two of the other name.</summary>
    private const double Run = 0.8;
    private const double Sure = 0.85;

    /// <returns>0 to 1; 0 where one of the two has no letter.</returns>
    public static double Score(string one, string other) => Score(NameWords.Of(one), NameWords.Of(other));

    internal static double Score(List<NameWord> a, List<NameWord> b)
    {
        if (a.Count == 0 || b.Count == 0)
            return 0;
        if (a.Count > b.Count)
            (a, b) = (b, a);
        return Weigh(a, b, Pairs(a, b));
    }

    // How the evidence weighs was learnt from pairs of names (logistic regression); each factor says what it is.
    private static double Weigh(List<NameWord> a, List<NameWord> b, List<Pair> pairs)
    {
        var shorter = Covered(a, pairs, pair => pair.InA);
        var longer = Covered(b, pairs, pair => pair.InB);
        var all = pairs.Sum(pair => pair.A) == a.Count;
        var worst = all ? pairs.Min(pair => pair.Likeness) : 0;
        var first = pairs.Find(pair => pair is { FirstA: 0, FirstB: 0 }).Likeness;
        var mean = pairs.Sum(pair => pair.Likeness) / a.Count;
        var good = Math.Min(pairs.Count(pair => pair.Likeness >= Sure), 3) / 3.0;
        var sum =
            1.12 * shorter
            + 0.86 * longer
            + 1.21 * shorter * longer
            + 2.19 * worst
            + 2.87 * worst * worst
            + 0.82 * mean
            + 0.69 * good
            + 0.65 * first
            + 0.33 * (b.Count - a.Count) / b.Count
            - (a.Count == 1 ? 0.13 : 0)
            - 6.04;
        return 1 / (1 + Math.Exp(-sum));
    }

    private static double Covered(List<NameWord> words, List<Pair> pairs, Func<Pair, (int First, int Count)> where)
    {
        double all = words.Sum(Weight),
            covered = 0;
        foreach (var pair in pairs.Where(pair => pair.Likeness >= Paired))
        {
            var (from, count) = where(pair);
            covered += pair.Likeness * words.Skip(from).Take(count).Sum(Weight);
        }
        return covered / all;
    }

    private static double Weight(NameWord word) =>
        word.Letters.Length == 1 ? 0.5 : Math.Sqrt(Math.Min(word.Letters.Length, 8));

    // Each word of one name with the likeliest of the other, the most alike first; no word twice.
    private static List<Pair> Pairs(List<NameWord> a, List<NameWord> b)
    {
        var candidates = new List<Pair>();
        for (var i = 0; i < a.Count; i++)
        for (var j = 0; j < b.Count; j++)
        {
            var scripts = a[i].Foreign != b[j].Foreign;
            candidates.Add(new Pair(WordLikeness.Of(a[i].Letters, b[j].Letters, scripts), i, 1, j, 1));
            if (j + 1 < b.Count)
                AddRun(candidates, a[i].Letters, b[j].Letters + b[j + 1].Letters, scripts, new Pair(0, i, 1, j, 2));
            if (i + 1 < a.Count)
                AddRun(candidates, a[i].Letters + a[i + 1].Letters, b[j].Letters, scripts, new Pair(0, i, 2, j, 1));
        }
        var chosen = new List<Pair>();
        foreach (var pair in candidates.OrderByDescending(pair => pair.Likeness + (pair.A + pair.B > 2 ? 0.02 : 0)))
            if (!chosen.Exists(pair.Overlaps))
                chosen.Add(pair);
        return chosen;
    }

    private static void AddRun(List<Pair> candidates, string one, string other, bool scripts, Pair pair)
    {
        var likeness = WordLikeness.Of(one, other, scripts);
        if (likeness > Run)
            candidates.Add(pair with { Likeness = likeness });
    }

    /// <param name="A">How many words of the first name, from <paramref name="FirstA"/> on.</param>
    private readonly record struct Pair(double Likeness, int FirstA, int A, int FirstB, int B)
    {
        public (int First, int Count) InA => (FirstA, A);
        public (int First, int Count) InB => (FirstB, B);

        public bool Overlaps(Pair other) =>
            (FirstA < other.FirstA + other.A && other.FirstA < FirstA + A)
            || (FirstB < other.FirstB + other.B && other.FirstB < FirstB + B);
    }
}
