using System.Globalization;

namespace Entente.Node.Web;

/// <summary>The labels in the language of the request: `@L["inbox.title"]`, `@L["inbox.left", hours]`.</summary>
internal sealed class Labels(LabelBook book)
{
    /// <summary>ISO 639-1 of the current request.</summary>
    public static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static bool RightToLeft => CultureInfo.CurrentUICulture.TextInfo.IsRightToLeft;

    public bool Has(string key) => book.All.ContainsKey(key);

    /// <summary>ISO codes of the states that have a name here.</summary>
    public IReadOnlyList<string> Countries() =>
        [.. book.All.Keys.Where(k => k.StartsWith("country.", StringComparison.Ordinal)).Select(k => k[8..])];

    public string this[string key] => book.Text(key, Language);

    public string this[string key, params object[] arguments] =>
        string.Format(CultureInfo.CurrentCulture, book.Text(key, Language), arguments);
}
