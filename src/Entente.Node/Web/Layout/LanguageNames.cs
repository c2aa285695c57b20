namespace Entente.Node.Web.Layout;

/// <summary>Each language by its own name: who cannot read the page finds theirs.</summary>
internal static class LanguageNames
{
    public static string Of(string language) =>
        language switch
        {
            "fr" => "Français",
            "ar" => "العربية",
            "es" => "Español",
            "de" => "Deutsch",
            "fi" => "Suomi",
            "en" => "English",
            _ => language,
        };
}
