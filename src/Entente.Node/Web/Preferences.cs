using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Web;

/// <summary>The reader's language and theme: two cookies, set by the plain form in the top bar.</summary>
internal sealed class Preferences(CookieNames names)
{
    public static readonly IReadOnlyList<string> Themes = ["auto", "light", "dark"];

    public string Theme(HttpContext context) =>
        context.Request.Cookies[names.Theme] is { } theme && Themes.Contains(theme) ? theme : Themes[0];

    public static IResult Save(
        [FromForm] string? language,
        [FromForm] string? theme,
        [FromForm] string? back,
        HttpContext context,
        CookieNames names
    )
    {
        if (language is not null && LabelBook.Languages.Contains(language))
        {
            Speak(context, names, language);
        }

        if (theme is not null && Themes.Contains(theme))
        {
            context.Response.Cookies.Append(names.Theme, theme, Lasting(context));
        }

        // Only a path of this node: anything else would make this form a stepping stone to another site.
        return TypedResults.LocalRedirect(IsLocal(back) ? back! : "/");
    }

    /// <summary>From the next page on, this language.</summary>
    public static void Speak(HttpContext context, CookieNames names, string language)
    {
        var culture = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language));
        context.Response.Cookies.Append(names.Language, culture, Lasting(context));
    }

    private static bool IsLocal(string? path) =>
        path is ['/', ..]
        && path.All(c => c is > ' ' and < '\x7f')
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\', StringComparison.Ordinal);

    private static CookieOptions Lasting(HttpContext context) =>
        new()
        {
            MaxAge = TimeSpan.FromDays(365),
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            Path = "/",
        };
}
