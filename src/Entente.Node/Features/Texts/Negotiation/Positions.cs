namespace Entente.Node.Features.Texts.Negotiation;

/// <summary>
/// Places in an order into which another always fits: texts over a small alphabet, compared ordinally. Two sides that put
/// something at the same place get the same place; the clauses' ids then decide.
/// </summary>
internal static class Positions
{
    private const char First = 'a';
    private const char Last = 'z';

    /// <param name="after">Null for the beginning.</param>
    /// <param name="before">Null for the end.</param>
    public static string Between(string? after, string? before)
    {
        var low = after ?? "";
        var place = new System.Text.StringBuilder();
        for (var i = 0; ; i++)
        {
            var from = i < low.Length ? low[i] : First;
            var to = before is not null && i < before.Length ? before[i] : (char)(Last + 1);
            if (to - from > 1)
            {
                return place.Append((char)((from + to) / 2)).ToString();
            }

            place.Append(from);
            // Once below the upper bound at one letter, the rest is free.
            before = to > from ? null : before;
        }
    }

    /// <summary>So many places in order, evenly apart.</summary>
    public static IReadOnlyList<string> Of(int count) =>
        [
            .. Enumerable
                .Range(1, count)
                .Select(i =>
                    $"{(char)(First + 1 + (i / 625 % 24))}{(char)(First + (i / 25 % 25))}{(char)(First + 1 + (i % 24))}"
                ),
        ];
}
