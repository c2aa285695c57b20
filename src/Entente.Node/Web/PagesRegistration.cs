using Entente.Node.Features.Accounts;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Web;

internal static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.TryAddSingleton<LabelBook>();
        services.TryAddScoped<Labels>();
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        services.AddAntiforgery();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            string[] languages = [.. LabelBook.Languages];
            options.SetDefaultCulture(languages[0]).AddSupportedCultures(languages).AddSupportedUICultures(languages);
            options.RequestCultureProviders =
            [
                new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
                new CookieRequestCultureProvider { CookieName = "entente.language" },
                new AcceptLanguageHeaderRequestCultureProvider(),
            ];
        });
        return services;
    }

    public static void UsePages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAccounts();
        app.UseAntiforgery();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapHealthChecks("/health/live").AllowAnonymous();
        app.MapRazorComponents<App>();
    }
}
