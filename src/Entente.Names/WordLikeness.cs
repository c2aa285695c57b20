using System.Text;

namespace Entente.Names;

/// <summary>How alike two words of names are, 0 to 1: by letters, by sounds, and by consonants only where one of them was
/// written in a script without vowels.</summary>
internal static class WordLikeness
{
    private static readonly (string From, string To)[] Sounds =
    [
        ("sch", "s"),
        ("tch", "c"),
        ("ch", "s"),
        ("sh", "s"),
        ("kh", "h"),
        ("gh", "g"),
        ("th", "t"),
        ("dh", "d"),
        ("ph", "f"),
        ("ck", "k"),
        ("qu", "k"),
        ("dj", "j"),
        ("zh", "j"),
        ("ts", "s"),
        ("tz", "s"),
        ("cz", "s"),
        ("sz", "s"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ya", "a"),
        ("x", "ks"),
    ];

    private static readonly Dictionary<string, int> OneName = NameData
        .Lines("one-name.txt")
        .SelectMany((line, i) => line.Split(' ').Select(word => (word, i)))
        .DistinctBy(pair => pair.word)
        .ToDictionary(pair => pair.word, pair => pair.i, StringComparer.Ordinal);

    /// <param name="scripts">The two were written in different scripts.</param>
    public static double Of(string a, string b, bool scripts)
    {
        if (a == b)
            return 1;
        if (OneName.TryGetValue(a, out var one) && OneName.TryGetValue(b, out var other))
            return one == other ? 1 : 0.3;
        if (a.Length == 1 || b.Length == 1)
            return a[0] == b[0] ? 0.75 : 0;
        var (soundsA, soundsB) = (Sounding(a), Sounding(b));
        var (bonesA, bonesB) = (Bones(a), Bones(b));
        var alike = Math.Max(
            1 - Writing.Distance(a, b) / Math.Max(a.Length, b.Length),
            0.97 * (1 - Writing.Distance(soundsA, soundsB) / Math.Max(soundsA.Length, soundsB.Length))
        );
        alike = Math.Max(alike, OfBones(bonesA, bonesB, scripts));
        return scripts ? alike : Told(a, b, alike, soundsA == soundsB || bonesA == bonesB);
    }

    /// <summary>What two spellings of one word share: its consonants, those that sound alike as one.</summary>
    public static string Bones(string word)
    {
        var bones = new StringBuilder(word.Length);
        foreach (var c in Replaced(word))
        {
            var bone = c switch
            {
                'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'w' => '\0',
                'q' or 'c' => 'k',
                'v' => 'f',
                'z' => 's',
                'j' => 'g',
                'p' => 'b',
                _ => c,
            };
            if (bone != '\0' && (bones.Length == 0 || bones[^1] != bone))
                bones.Append(bone);
        }
        return bones.ToString();
    }

    private static double OfBones(string a, string b, bool scripts)
    {
        if (a.Length == 0 || b.Length == 0)
            return 0;
        if (a == b)
            return a.Length > 2 ? 0.92
                : a.Length == 2 ? 0.88
                : 0.7;
        return scripts ? 0.9 * (1 - Writing.Distance(a, b) / Math.Max(a.Length, b.Length)) : 0;
    }

    // "Chris" may be short for "Christopher"; "Antonio" and "Antonia", "Robert" and "Roger" are two people.
    private static double Told(string a, string b, double alike, bool sameSound)
    {
        var (shorter, longer) = a.Length < b.Length ? (a, b) : (b, a);
        if (
            shorter.Length >= 3
            && longer.Length - shorter.Length >= 2
            && longer.StartsWith(shorter, StringComparison.Ordinal)
        )
            return Math.Max(alike, 0.8);
        if (!sameSound && GivenNames.Known.Contains(a) && GivenNames.Known.Contains(b))
            return Math.Min(alike, 0.45);
        return IsOtherGender(shorter, longer) ? Math.Min(alike, 0.5) : alike;
    }

    private static bool IsOtherGender(string shorter, string longer)
    {
        if (shorter.Length < 4)
            return false;
        if (longer.Length == shorter.Length + 1)
            return longer[^1] == 'a' && longer.StartsWith(shorter, StringComparison.Ordinal);
        return longer.Length == shorter.Length
            && shorter.AsSpan(0, shorter.Length - 1).SequenceEqual(longer.AsSpan(0, longer.Length - 1))
            && (shorter[^1], longer[^1]) is ('a', 'o' or 'i' or 'e') or ('o' or 'i' or 'e', 'a');
    }

    private static string Sounding(string word)
    {
        var sounds = new StringBuilder(word.Length);
        foreach (var c in Replaced(word))
        {
            var sound = c switch
            {
                'q' or 'c' => 'k',
                'y' or 'e' => 'i',
                'w' or 'o' => 'u',
                'z' => 's',
                _ => c,
            };
            if (sounds.Length == 0 || sounds[^1] != sound)
                sounds.Append(sound);
        }
        return sounds.ToString();
    }

    private static string Replaced(string word)
    {
        foreach (var (from, to) in Sounds)
            word = word.Replace(from, to, StringComparison.Ordinal);
        return word;
    }
}
