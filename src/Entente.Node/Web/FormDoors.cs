using Microsoft.AspNetCore.Antiforgery;

namespace Entente.Node.Web;

/// <summary>Endpoints that plain forms are posted to: none answers a form without its token.</summary>
internal static class FormDoors
{
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
