using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Entente.Node.Web;

/// <summary>Endpoints that plain forms are posted to: none answers a form without its token.</summary>
internal static class FormDoors
{
    /// <summary>
    /// Whatever changes something is refused without the token, also at an endpoint that reads no form and therefore asks
    /// the framework for no check.
    /// </summary>
    public static void UseFormTokens(this WebApplication app) =>
        app.Use(
            async (context, next) =>
            {
                if (await IsAskedByOurPagesAsync(context))
                {
                    await next(context);
                }
                else
                {
                    context.Response.StatusCode = StatusCodes.Status400BadRequest;
                }
            }
        );

    private static async Task<bool> IsAskedByOurPagesAsync(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        || HttpMethods.IsHead(context.Request.Method)
        || context.GetEndpoint() is null
        // The page that says so must itself be shown.
        || context.Features.Get<IStatusCodeReExecuteFeature>() is not null
        || context.Features.Get<IExceptionHandlerFeature>() is not null
        || (
            context.Features.Get<IAntiforgeryValidationFeature>()?.IsValid
            ?? await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context)
        );

    public static RouteGroupBuilder RequireFormToken(this RouteGroupBuilder group)
    {
        group.WithMetadata(new RequireAntiforgeryTokenAttribute(true));
        group.AddEndpointFilter(
            async (invocation, next) =>
                invocation.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false }
                    ? TypedResults.BadRequest()
                    : await next(invocation)
        );
        return group;
    }
}
