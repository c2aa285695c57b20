using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace Entente.Node.Web;

/// <summary>
/// Refuses what no person types: the character zero, which PostgreSQL cannot keep and which is read differently in
/// different places, and bodies in another encoding than UTF-8.
/// </summary>
internal static class ReadableText
{
    public static void UseReadableText(this WebApplication app) =>
        app.Use(
            (context, next) =>
            {
                var request = context.Request;
                var zero =
                    request.Path.Value?.Contains('\0', StringComparison.Ordinal) == true
                    || request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true;
                return zero ? RefuseAsync(context, StatusCodes.Status400BadRequest)
                    : IsForeign(request) ? RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType)
                    : next(context);
            }
        );

    /// <summary>After the check of the form's token, which has read the form.</summary>
    public static void UseReadableForms(this WebApplication app) =>
        app.Use(
            (context, next) =>
                HttpMethods.IsPost(context.Request.Method)
                && context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
                && context.Features.Get<IFormFeature>()?.Form is { } form
                && form.Any(f => f.Value.Any(HasZero))
                    ? RefuseAsync(context, StatusCodes.Status400BadRequest)
                    : next(context)
        );

    private static bool HasZero(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;

    private static bool IsForeign(HttpRequest request) =>
        request.GetTypedHeaders().ContentType?.Charset is { HasValue: true } charset
        && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static Task RefuseAsync(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
