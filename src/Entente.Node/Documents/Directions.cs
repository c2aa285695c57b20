namespace Entente.Node.Documents;

/// <summary>
/// Cuts a text where its direction changes. Word does not look at the letters: a run is written from right to left when it
/// says so, and a Latin name inside an Arabic sentence must be a run of its own.
/// </summary>
internal static class Directions
{
    /// <param name="rightToLeft">The paragraph's direction, which what has none of its own follows.</param>
    public static IEnumerable<(string Text, bool RightToLeft)> Split(string text, bool rightToLeft)
    {
        var start = 0;
        var current = rightToLeft;
        var settled = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (Of(text[i]) is not { } direction)
            {
                continue;
            }

            if (settled && direction != current)
            {
                var cut = Cut(text, i, current, rightToLeft);
                yield return (text[start..cut], current);
                start = cut;
            }

            current = direction;
            settled = true;
        }

        if (start < text.Length)
        {
            yield return (text[start..], current);
        }
    }

    // Spaces and points between two directions belong to the side that is the paragraph's.
    private static int Cut(string text, int next, bool current, bool rightToLeft)
    {
        if (current == rightToLeft)
        {
            return next;
        }

        var cut = next;
        while (cut > 0 && Of(text[cut - 1]) is null && !char.IsDigit(text[cut - 1]))
        {
            cut--;
        }

        return cut;
    }

    private static bool? Of(char letter) =>
        letter is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC')
            ? !char.IsDigit(letter) && !char.IsPunctuation(letter)
                ? true
                : null
            : char.IsLetter(letter)
                ? false
                : null;
}
