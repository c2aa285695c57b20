namespace Entente.Reading.Text;

/// <summary>An Arabic word carries its conjunction, preposition and article in front; each may be taken off.</summary>
internal static class ArabicForms
{
    private const int ShortestStem = 2;

    public static string[] Of(string folded)
    {
        var forms = new List<string>(6) { folded };
        Add(forms, Article(folded));
        var rest = folded;
        if (rest.Length > 2 && rest[0] is 'و' or 'ف')
        {
            rest = rest[1..];
            Add(forms, rest);
            Add(forms, Article(rest));
        }
        foreach (var stem in new[] { folded, rest })
        {
            if (stem.Length > 3 && stem[0] is 'ب' or 'ك' or 'ل' or 'س')
            {
                Add(forms, stem[1..]);
                Add(forms, Article(stem[1..]));
            }
            if (stem.Length > 4 && stem.StartsWith("لل", StringComparison.Ordinal))
                Add(forms, stem[2..]);
        }
        return [.. forms];
    }

    private static string? Article(string word) =>
        word.Length > 3 && word.StartsWith("ال", StringComparison.Ordinal) ? word[2..] : null;

    private static void Add(List<string> forms, string? form)
    {
        if (form is { Length: >= ShortestStem } && !forms.Contains(form))
            forms.Add(form);
    }
}
