using Entente.Reading.Knowledge;
using Entente.Reading.Text;

namespace Entente.Reading.Rules;

/// <summary>The state from whose side the text is written: the one it names most, helped by its language and by the
/// ending of its address, and not one that it reports a journey to.</summary>
internal sealed class Home
{
    private const double Language = 12;
    private const double Address = 3;

    private readonly Page _page;
    private readonly Dictionary<string, double> _weights;

    public Home(Page page, Dictionary<string, double> weights)
    {
        _page = page;
        _weights = new Dictionary<string, double>(weights, StringComparer.Ordinal);
        _weights.Remove("EU");
        foreach (var state in Visited())
            _weights[state] = _weights.GetValueOrDefault(state) * 0.3;
        if (LanguageState() is { } own)
            _weights[own] = _weights.GetValueOrDefault(own) + Language;
        if (AddressState() is { } there && _weights.ContainsKey(there))
            _weights[there] += Address;
    }

    /// <summary>The strongest other state, or null if every other is a mere mention beside the strongest of all.</summary>
    public string? Other(HashSet<string> represented) =>
        Of(represented) is { } other && _weights.GetValueOrDefault(other) >= 0.12 * _weights.Values.Max()
            ? other
            : null;

    public string? Of(HashSet<string> except) =>
        _weights
            .Where(pair => !except.Contains(pair.Key))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => pair.Key)
            .FirstOrDefault()
        ?? _weights.OrderByDescending(pair => pair.Value).Select(pair => pair.Key).FirstOrDefault();

    /// <summary>A federal minister in a German text is of the German-speaking federation most present.</summary>
    public string? Federal(Person person) =>
        _page.Language == "de"
        && person.Mentions.Exists(m =>
            m.Post is { } post && _page.Tokens[post.First].Folded.StartsWith("bundes", StringComparison.Ordinal)
        )
            ? LanguageState()
            : null;

    private IEnumerable<string> Visited()
    {
        foreach (var sentence in _page.Sentences.Take(4))
        foreach (var tour in sentence.Tags)
            if (tour.Category == "frames" && tour.Code == "tour")
                foreach (var place in sentence.Tags)
                    if (
                        place.Category is "country" or "capital"
                        && place.First >= tour.End - 1
                        && place.First - tour.End <= 5
                    )
                        yield return place.Code;
    }

    private string? LanguageState() =>
        _page.Language switch
        {
            "fi" => "FI",
            "de" => _weights
                .Where(pair => pair.Key is "DE" or "AT" or "CH")
                .OrderByDescending(pair => pair.Value)
                .Select(pair => pair.Key)
                .FirstOrDefault()
                ?? "DE",
            "es" when _weights.GetValueOrDefault("ES") >= 2 => "ES",
            _ => null,
        };

    private string? AddressState()
    {
        var address =
            _page.Url
            ?? (
                _page.Text.StartsWith("URL:", StringComparison.Ordinal)
                    ? _page.Text[4..Math.Min(_page.Text.Length, 300)]
                    : null
            );
        if (address?.IndexOf("://", StringComparison.Ordinal) is not { } scheme || scheme < 0)
            return null;
        var host = address.AsSpan(scheme + 3);
        var end = host.IndexOfAny("/\n\r ?");
        host = end >= 0 ? host[..end] : host;
        var dot = host.LastIndexOf('.');
        var ending = dot >= 0 ? host[(dot + 1)..] : host;
        return ending.Length == 2 ? (ending is "uk" ? "GB" : ending.ToString().ToUpperInvariant()) : null;
    }
}
