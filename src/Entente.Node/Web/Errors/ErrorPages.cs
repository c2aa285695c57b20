using Microsoft.AspNetCore.Diagnostics;

namespace Entente.Node.Web.Errors;

/// <summary>A failed request ends on a page in the reader's language that says what to do, under the status it failed with.</summary>
internal static class ErrorPages
{
    public static IServiceCollection AddErrorPages(this IServiceCollection services) =>
        services.AddExceptionHandler<FailureLog>();

    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error/500",
                CreateScopeForErrors = true,
                AllowStatusCode404Response = true,
                StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : 500,
                // FailureLog has written it, without the message: it may quote content.
                SuppressDiagnosticsCallback = _ => true,
            }
        );
        app.UseStatusCodePagesWithReExecute("/error/{0}", createScopeForStatusCodePages: true);
        app.Use(PrepareAsync);
    }

    /// <summary>Whether a person reads the answer, and not a partner's node or a probe.</summary>
    private static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/link", StringComparison.Ordinal)
        && !path.StartsWithSegments("/health", StringComparison.Ordinal)
        && !path.StartsWithSegments("/assets", StringComparison.Ordinal);

    private static Task PrepareAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<IStatusCodeReExecuteFeature>() is not null || Failed(context))
        {
            // The error page is only read, whatever the request was: no form, no token.
            context.Request.Method = HttpMethods.Get;
            return next(context);
        }

        var page = IsPage(context.Request.Path);
        if (!page && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        var upload = context.Request.Path.StartsWithSegments(PagesRegistration.Uploads, StringComparison.Ordinal);
        if (page && !upload && context.Request.ContentLength > PagesRegistration.LargestForm + (1 << 20))
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static bool Failed(HttpContext context) => context.Features.Get<IExceptionHandlerFeature>() is not null;
}
