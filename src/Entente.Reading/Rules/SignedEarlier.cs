using Entente.Reading.Dates;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>"… prévus par l'accord signé à Madrid le 16 novembre 2010": a signing dated well before the text is
/// history, whatever the sentence itself tells.</summary>
internal static class SignedEarlier
{
    private const int Longest = 6;
    private const int RecentDays = 60;

    /// <summary>The date of the earlier signing, if the sentence's only signing is one.</summary>
    public static DateMention? In(Page page, Sentence sentence, Found<DateOnly>? published)
    {
        if (published is null)
            return null;
        var signings = sentence.Tags.FindAll(tag => tag is { Category: "frames", Code: "sign" });
        if (signings.Count == 0)
            return null;
        DateMention? earlier = null;
        foreach (var signing in signings)
        {
            earlier = DateFinder
                .In(page, sentence)
                .Find(date =>
                    date.First >= signing.End
                    && date.First - signing.End <= Longest
                    && (
                        date.Full is { } day
                            ? day.AddDays(RecentDays) < published.Value
                            : date.Year is { } year && year < published.Value.Year
                    )
                );
            if (earlier is null)
                return null;
        }
        return earlier;
    }
}
