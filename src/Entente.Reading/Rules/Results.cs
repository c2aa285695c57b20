using System.Globalization;
using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>What came of the cooperation: arrests, networks, seizures, with their numbers. Outside an operation a
/// sentence must itself credit the cooperation.</summary>
internal sealed class Results(Page page, Frames frames)
{
    private static readonly string[] Order =
    [
        "network-dismantled",
        "arrests",
        "victims-rescued",
        "attempts-thwarted",
        "attack-foiled",
    ];

    private readonly List<Result> _seizures = [];

    public List<Result> Find(CastList cast, bool operation)
    {
        var hits = new Dictionary<string, List<(Sentence Sentence, Tag Tag, decimal? Count)>>(StringComparer.Ordinal);
        var partners = cast.Partners.Select(partner => partner.Value).ToHashSet(StringComparer.Ordinal);
        Sentence? credited = null;
        foreach (var sentence in page.Sentences)
        {
            var credits = Counts(sentence, operation, partners);
            if (
                !credits
                && !(
                    credited is not null
                    && sentence.Order == credited.Order + 1
                    && credited.Paragraph == sentence.Paragraph
                    && !frames.Of(sentence).Denied
                    && !frames.Of(sentence).History
                )
            )
                continue;
            credited = credits && sentence.Tags.Exists(tag => Order.Contains(tag.Code)) ? sentence : null;
            foreach (var tag in sentence.Tags.Where(tag => tag.Category == "results"))
            {
                if (tag.Code == "seizure")
                    AddSeizure(sentence, tag, partners, operation);
                else if (Order.Contains(tag.Code))
                {
                    if (!hits.TryGetValue(tag.Code, out var list))
                        hits[tag.Code] = list = [];
                    list.Add((sentence, tag, CountOf(sentence, tag)));
                }
            }
        }
        var found = new List<Result>();
        foreach (var code in Order)
            if (hits.TryGetValue(code, out var list))
                found.Add(Combine(code, list, partners));
        CountNetwork(
            found,
            hits.TryGetValue("network-dismantled", out var networks)
                && hits.ContainsKey("victims-rescued")
                && networks.TrueForAll(hit => hit.Sentence.Has("results", "victims"))
        );
        return [.. found, .. _seizures];
    }

    private bool Counts(Sentence sentence, bool operation, HashSet<string> partners)
    {
        var frame = frames.Of(sentence);
        if (frame.Denied || frame.Third || (frame.Comments && !operation))
            return false;
        if (operation)
            return !frame.History;
        return sentence.Tags.Exists(tag => tag.Category == "results" && tag.Code == "credit")
            || Places(sentence, partners).Distinct(StringComparer.Ordinal).Count() >= 2;
    }

    // The largest number said is the total; "six here, three there" adds up to it.
    private Result Combine(
        string code,
        List<(Sentence Sentence, Tag Tag, decimal? Count)> hits,
        HashSet<string> partners
    )
    {
        var best = hits.MaxBy(hit => hit.Count ?? -1);
        var count = code == "attack-foiled" ? null : best.Count;
        var countries = hits.SelectMany(hit => Places(hit.Sentence, partners))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return new Result(
            code,
            count,
            countries.Count > 0 ? countries : [.. partners.Order(StringComparer.Ordinal)],
            0.75,
            [.. hits.Select(hit => page.SpanOf(hit.Tag)).Distinct()],
            best.Tag.Entry.Name
        );
    }

    // Those arrested are the network, unless its victims are what is counted beside it.
    private static void CountNetwork(List<Result> found, bool victims)
    {
        var network = found.FindIndex(result => result.Type == "network-dismantled");
        var arrests = found.Find(result => result.Type == "arrests");
        if (network < 0)
            return;
        if (victims)
            found[network] = found[network] with { Count = null };
        else if (found[network].Count is null && arrests is not null)
            found[network] = found[network] with { Count = arrests.Count };
    }

    private static IEnumerable<string> Places(Sentence sentence, HashSet<string> partners) =>
        sentence
            .Tags.Where(tag => tag.Category is "country" or "city" or "capital")
            .Select(Sides.StateOf)
            .OfType<string>()
            .Where(partners.Contains);

    private decimal? CountOf(Sentence sentence, Tag tag)
    {
        var counts = Numbers(sentence).Where(number => IsOfPersons(sentence, number.First, number.End, tag)).ToList();
        if (counts.Count == 0)
            return null;
        var nearest = counts.MinBy(count => Distance(sentence, count.First, count.End, tag));
        if (Math.Abs(nearest.First - tag.First) > 22)
            return null;
        var placed = counts.FindAll(count => HasPlace(sentence, count.First, count.End, counts));
        return placed.Count > 1 && placed.Exists(count => count.First == nearest.First) ? Total(placed) : nearest.Value;
    }

    // A number before a word for people is nearer than its distance; one behind "and" counts something else.
    private int Distance(Sentence sentence, int first, int end, Tag tag)
    {
        var distance = first >= tag.End ? first - tag.End : tag.First - end + 1;
        if (
            sentence.Tags.Exists(t =>
                t is { Category: "results", Code: "persons" or "victims" } && t.First >= end && t.First - end <= 1
            )
        )
            distance -= 5;
        for (var i = tag.End; i < first; i++)
            if (page.Tokens[i].Folded is "et" or "y" or "and" or "und" or "ja" or "e")
                distance += 6;
        return distance;
    }

    // Its own place: right behind it or right before it, with no other number between.
    private static bool HasPlace(
        Sentence sentence,
        int first,
        int end,
        List<(int First, int End, decimal Value)> counts
    ) =>
        sentence.Tags.Exists(place =>
            place.Category is "country" or "city" or "capital"
            && (
                place.First >= end
                    && place.First - end <= 3
                    && !counts.Exists(other => other.First >= end && other.First < place.First)
                || place.End <= first
                    && first - place.End <= 3
                    && !counts.Exists(other => other.First >= place.End && other.First < first)
            )
        );

    // "eleven: 5 here, 3 there, 3 elsewhere" says the total itself; "eleven here, six there" leaves it to be added.
    private static decimal Total(List<(int First, int End, decimal Value)> counts)
    {
        var largest = counts.Max(count => count.Value);
        var sum = counts.Sum(count => count.Value);
        return sum == largest * 2 ? largest : sum;
    }

    // A number of persons: before a word for people, beside the result's own word, or alone.
    private bool IsOfPersons(Sentence sentence, int first, int end, Tag result)
    {
        foreach (var tag in sentence.Tags)
            if (tag.Category == "results" && tag.First >= first && tag.First - end <= 2)
                switch (tag.Code)
                {
                    case "unit" or "kilograms" or "tonnes" or "pieces":
                        return false;
                    case "victims":
                        return result.Code is "victims-rescued" or "attempts-thwarted";
                    case "arrests" when result.Code == "victims-rescued":
                        return false;
                    case "persons" when tag.First >= first:
                        return true;
                }
        if (
            end < sentence.End
            && page.Tokens[end].Glued
            && page.Tokens[end].Folded is "-" or "%" or "°" or ":" or "/" or "h"
            && (end + 1 >= sentence.End || page.Tokens[end + 1].Glued)
        )
            return false;
        return first >= result.First - 4 && first <= result.End + 4
            || end >= sentence.End
            || !page.Tokens[end].IsWord
            || IsListed(sentence, first);
    }

    // "kuusi Virossa ja kaksi Espanjassa": a bare number with its place.
    private static bool IsListed(Sentence sentence, int first) =>
        sentence.Tags.Exists(place =>
            place.Category is "country" or "city" or "capital" && place.First > first && place.First <= first + 3
        );

    private IEnumerable<(int First, int End, decimal Value)> Numbers(Sentence sentence)
    {
        var dates = Dates.DateFinder.In(page, sentence);
        for (var at = sentence.First; at < sentence.End; at++)
            if (
                page.Tokens[at].Kind == TokenKind.Number
                && !dates.Exists(date => date.First <= at && at < date.End)
                && Value(page.Tokens[at].Folded) is { } value
            )
                yield return (at, at + 1, value);
        foreach (var tag in sentence.Tags)
            if (tag.Category == "numbers")
                yield return (tag.First, tag.End, decimal.Parse(tag.Code, CultureInfo.InvariantCulture));
    }

    /// <summary>"1.200", "1 200" and "3,2" as people write them: a group of three after the mark is thousands.</summary>
    internal static decimal? Value(string digits)
    {
        var plain = new string([.. digits.Where(c => c is not (' ' or '\u00A0' or '\u202F'))]);
        var mark = plain.LastIndexOfAny(['.', ',']);
        if (mark >= 0 && plain.Length - mark - 1 == 3)
            plain = plain.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
        else
            plain = plain.Replace(',', '.');
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    private bool IsSingle(Tag piece) =>
        piece.First > 0
        && page.Tokens[piece.First - 1].Folded
            is "un"
                or "une"
                or "una"
                or "a"
                or "one"
                or "ein"
                or "eine"
                or "einen"
                or "yksi"
                or "yhden";

    private void AddSeizure(Sentence sentence, Tag tag, HashSet<string> partners, bool operation)
    {
        decimal? quantity = null;
        foreach (var (first, end, value) in Numbers(sentence))
        foreach (var unit in sentence.Tags)
            if (unit.Category == "results" && unit.First >= end && unit.First - end <= 1)
                quantity ??= unit.Code switch
                {
                    "kilograms" => value,
                    "tonnes" => value * 1000,
                    "pieces" => value,
                    _ => null,
                };
        if (
            quantity is null
            && sentence.Tags.Exists(piece => piece is { Category: "results", Code: "pieces" } && IsSingle(piece))
        )
            quantity = 1;
        if (!operation && quantity is null)
            return;
        if (_seizures.Exists(other => other.Count == quantity || quantity is null))
            return;
        if (quantity is not null)
            _seizures.RemoveAll(other => other.Count is null);
        var countries = Places(sentence, partners)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        _seizures.Add(
            new Result(
                "seizure",
                quantity,
                countries.Count > 0 ? countries : [.. partners.Order(StringComparer.Ordinal)],
                0.7,
                [page.SpanOf(tag)],
                tag.Entry.Name
            )
        );
    }
}
