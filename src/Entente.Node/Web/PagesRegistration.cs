using System.Text.Encodings.Web;
using System.Text.Unicode;
using Entente.Node.Features.Accounts;
using Entente.Node.Web.Errors;
using Entente.Node.Web.Live;
using Entente.Node.Web.Navigation;
using Entente.Node.Web.Posting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Web;

internal static class PagesRegistration
{
    /// <summary>The largest form a page takes, attachments included. An endpoint that takes more says so itself.</summary>
    public const long LargestForm = 32 << 20;

    /// <summary>Where files stream in by themselves, which have a limit of their own.</summary>
    public const string Uploads = "/drafts/files";

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.TryAddSingleton<LabelBook>();
        services.TryAddSingleton<AssetFiles>();
        services.TryAddSingleton<CookieNames>();
        services.TryAddSingleton<PostedForms>();
        services.TryAddSingleton<Preferences>();
        services.TryAddSingleton(new RequestRates());
        services.TryAddSingleton<RequestLimits>();
        services.TryAddScoped<Labels>();
        services.AddNavigation();
        services.AddLive();
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        // Letters as they are, not as numbers: half the bytes of a page in Arabic. The signs of HTML are still encoded.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddHealthChecks();
        services.AddErrorPages();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<CookieNames>(NameFormCookie);
        services.AddOptions<RequestLocalizationOptions>().Configure<CookieNames>(ChooseLanguage);
        services.Configure<KestrelServerOptions>(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = LargestForm + (1 << 20); // The web server's own limit would be less.
        });
        services.Configure<FormOptions>(o => o.MultipartBodyLengthLimit = LargestForm);
        return services;
    }

    public static void UsePages(this WebApplication app)
    {
        app.UseVisitorAddress();
        app.UseErrorPages();
        app.UseSecurityHeaders();
        app.UseReadableText();
        app.UseRequestLocalization();
        app.UseRouting();
        app.UseAccounts();
        app.Use(app.Services.GetRequiredService<RequestLimits>().LimitAsync);
        app.UseAntiforgery();
        app.UseFormTokens();
        app.UseReadableForms();
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapGet(
                "/assets/{file}",
                (string file, HttpContext context, AssetFiles assets) => assets.Serve(file, context)
            )
            .AllowAnonymous();
        app.MapPost("/preferences", Preferences.Save).AllowAnonymous();
        app.MapLive();
        app.MapRazorComponents<App>();
    }

    private static void NameFormCookie(AntiforgeryOptions options, CookieNames names)
    {
        options.Cookie.Name = names.Form;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.SuppressXFrameOptionsHeader = true; // frame-ancestors in the content security policy says the same.
    }

    private static void ChooseLanguage(RequestLocalizationOptions options, CookieNames names)
    {
        string[] languages = [.. LabelBook.Languages];
        options.SetDefaultCulture(languages[0]).AddSupportedCultures(languages).AddSupportedUICultures(languages);
        options.RequestCultureProviders =
        [
            new QueryStringRequestCultureProvider { QueryStringKey = "lang", UIQueryStringKey = "lang" },
            new CookieRequestCultureProvider { CookieName = names.Language },
            new AcceptLanguageHeaderRequestCultureProvider(),
        ];
    }
}
