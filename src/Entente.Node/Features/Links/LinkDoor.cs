using Entente.Protocol;

namespace Entente.Node.Features.Links;

/// <summary>
/// The first thing behind the link endpoint: only paths under /link/1, only a partner whose certificate is the one on its
/// card and whose link is active. The pages' endpoint has no such paths, and this one has no pages.
/// </summary>
internal sealed class LinkDoor(RequestDelegate next, LinkDirectory directory, TimeProvider clock, ILogger<LinkDoor> log)
{
    private static readonly object PartnerKey = new();

    /// <summary>The partner that the door let in.</summary>
    public static LinkedPartner Partner(HttpContext context) => (LinkedPartner)context.Items[PartnerKey]!; // Set below, before anything behind the door runs.

    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/link/1", StringComparison.Ordinal))
        {
            await LinkProblem.WriteAsync(context, StatusCodes.Status404NotFound, "not-found", "Only /link/1 is here.");
            return;
        }

        var certificate = context.Connection.ClientCertificate;
        if (certificate is null)
        {
            await RefuseAsync(context, 401, "no-certificate", "A client certificate is required.", "none");
            return;
        }

        var thumbprint = Hash.Of(certificate.RawDataMemory.Span);
        var partner = await directory.FindByCertificateAsync(thumbprint, context.RequestAborted);
        if (partner is null)
        {
            const string detail = "The certificate is on no card that this node has accepted.";
            await RefuseAsync(context, 403, "unknown-certificate", detail, thumbprint.ToString());
            return;
        }

        if (partner.Link.State != LinkState.Active)
        {
            var detail = $"The link is {partner.Link.State.ToString().ToLowerInvariant()} here.";
            await RefuseAsync(context, 403, "link-not-active", detail, partner.Partner);
            return;
        }

        if (clock.GetUtcNow() >= certificate.NotAfter)
        {
            await RefuseAsync(context, 403, "certificate-expired", "The certificate has expired.", partner.Partner);
            return;
        }

        context.Items[PartnerKey] = partner;
        await next(context);
    }

    private async Task RefuseAsync(HttpContext context, int status, string code, string detail, string who)
    {
        Log.DoorClosed(log, code, who, context.Connection.RemoteIpAddress?.ToString() ?? "");
        await LinkProblem.WriteAsync(context, status, code, detail);
    }
}
