namespace Entente.Names;

/// <summary>How many slips of the pen part two words: a doubled or silent letter weighs little, two letters exchanged more,
/// another consonant most.</summary>
internal static class Writing
{
    private const double Exchanged = 0.7;

    public static double Distance(string a, string b)
    {
        var before = new double[b.Length + 1];
        var last = new double[b.Length + 1];
        var row = new double[b.Length + 1];
        for (var j = 1; j <= b.Length; j++)
            last[j] = last[j - 1] + Missing(b, j - 1);
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = last[0] + Missing(a, i - 1);
            for (var j = 1; j <= b.Length; j++)
            {
                var same = a[i - 1] == b[j - 1];
                row[j] = Math.Min(
                    Math.Min(row[j - 1] + Missing(b, j - 1), last[j] + Missing(a, i - 1)),
                    last[j - 1] + (same ? 0 : Other(a[i - 1], b[j - 1]))
                );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + Exchanged);
            }
            (before, last, row) = (last, row, before);
        }
        return last[b.Length];
    }

    private static double Missing(string word, int at) =>
        at > 0 && word[at - 1] == word[at] ? 0.4
        : word[at] == 'h' ? 0.6
        : IsVowel(word[at]) ? 0.8
        : 0.9;

    private static double Other(char a, char b) => IsVowel(a) && IsVowel(b) ? 0.7 : 1.2;

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
