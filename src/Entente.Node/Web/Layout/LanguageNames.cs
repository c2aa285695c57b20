namespace Entente.Node.Web.Layout;

/// <summary>Each language by its own name: who cannot read the page finds theirs.</summary>
internal static class LanguageNames
{
    /// <summary>For text of a language of its own on a page in another.</summary>
    public static bool RightToLeft(string language) => language is "ar" or "he" or "fa" or "ur";

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
