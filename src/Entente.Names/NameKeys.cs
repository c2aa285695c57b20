namespace Entente.Names;

/// <summary>By what a word of a name is found again.</summary>
internal static class NameKeys
{
    /// <summary>Its consonants, and these with one of them left out: one slip of the pen is forgiven.</summary>
    public static IEnumerable<string> Of(NameWord word)
    {
        var bones = WordLikeness.Bones(word.Letters);
        if (bones.Length > 0)
            yield return bones;
        for (var i = 0; i < bones.Length && bones.Length > 3; i++)
            yield return bones.Remove(i, 1);
    }
}
