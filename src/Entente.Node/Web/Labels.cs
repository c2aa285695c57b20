using System.Globalization;

namespace Entente.Node.Web;

/// <summary>The labels in the language of the request: `@L["inbox.title"]`, `@L["inbox.left", hours]`.</summary>
internal sealed class Labels(LabelBook book)
{
    private const string Country = "country.";

    private IReadOnlyList<(string Code, string Name)>? _countries;

    /// <summary>ISO 639-1 of the current request.</summary>
    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static bool RightToLeft => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft;

    public bool Has(string key) => book.All.ContainsKey(key);

    /// <summary>ISO codes of the states that have a name here, with it, in the order a reader looks for them.</summary>
    public IReadOnlyList<(string Code, string Name)> CountriesByName() =>
        _countries ??= [
            .. book
                .All.Keys.Where(k => k.StartsWith(Country, StringComparison.Ordinal))
                .Select(k => (Code: k[Country.Length..], Name: this[k]))
                .OrderBy(c => c.Name, StringComparer.CurrentCulture),
        ];

    public string this[string key] => book.Text(key, Language);

    public string this[string key, params object[] arguments] =>
        string.Format(CultureInfo.CurrentCulture, book.Text(key, Language), arguments);
}
