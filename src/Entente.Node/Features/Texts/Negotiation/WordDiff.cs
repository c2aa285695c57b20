namespace Entente.Node.Features.Texts.Negotiation;

public enum DiffMark
{
    Same,
    Added,
    Removed,
}

public sealed record DiffPiece(DiffMark Mark, string Text);

/// <summary>What changed from one wording to another, word by word.</summary>
internal static class WordDiff
{
    /// <summary>Beyond this many pairs of words the whole is shown as replaced: nobody reads such a comparison.</summary>
    private const int MostPairs = 4_000_000;

    public static IReadOnlyList<DiffPiece> Of(string before, string after)
    {
        var (old, now) = (Words(before), Words(after));
        if (old.Count == 0 || now.Count == 0 || (long)old.Count * now.Count > MostPairs)
        {
            return Join([new(DiffMark.Removed, before), new(DiffMark.Added, after)]);
        }

        return Join(Walk(old, now, Lengths(old, now)));
    }

    private static int[,] Lengths(List<string> old, List<string> now)
    {
        var common = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
            {
                common[i, j] =
                    old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }

    private static List<DiffPiece> Walk(List<string> old, List<string> now, int[,] common)
    {
        var pieces = new List<DiffPiece>();
        var (i, j) = (0, 0);
        while (i < old.Count || j < now.Count)
        {
            if (i < old.Count && j < now.Count && old[i] == now[j])
            {
                pieces.Add(new(DiffMark.Same, old[i++]));
                j++;
            }
            else if (j == now.Count || (i < old.Count && common[i + 1, j] >= common[i, j + 1]))
            {
                pieces.Add(new(DiffMark.Removed, old[i++]));
            }
            else
            {
                pieces.Add(new(DiffMark.Added, now[j++]));
            }
        }

        return pieces;
    }

    private static List<DiffPiece> Join(IEnumerable<DiffPiece> pieces)
    {
        var joined = new List<DiffPiece>();
        foreach (var piece in pieces.Where(p => p.Text.Length > 0))
        {
            if (joined.Count > 0 && joined[^1].Mark == piece.Mark)
            {
                joined[^1] = piece with { Text = joined[^1].Text + piece.Text };
            }
            else
            {
                joined.Add(piece);
            }
        }

        return joined;
    }

    /// <summary>A word with the space behind it, so that what is joined again reads like the text.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= text.Length; i++)
        {
            if (i == text.Length || (!char.IsWhiteSpace(text[i]) && char.IsWhiteSpace(text[i - 1])))
            {
                words.Add(text[start..i]);
                start = i;
            }
        }

        return words;
    }
}
