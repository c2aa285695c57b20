using System.Globalization;
using Entente.Node.Features.Links;
using Entente.Node.Features.Recovery;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Protocol;
using Microsoft.AspNetCore.Http.Features;

namespace Entente.Node.Features.Delivery;

/// <summary>What a partner may ask behind the link door. The door has already checked who it is.</summary>
internal sealed class DeliveryDoor(
    Receiver receiver,
    AttachmentDoor attachments,
    RecoveryDoor recovery,
    RecoveryBook recovering,
    InclusionDoor inclusion,
    LedgerLog ledger,
    LedgerHealth health,
    NodeKeys keys,
    NodeOptions options,
    LinkGates gates,
    CourierSignals signals,
    ILogger<DeliveryDoor> log
)
{
    private const string Envelopes = "/link/1/envelopes";
    private const string Head = "/link/1/head";
    private const string Consistency = "/link/1/consistency";
    private const string Inclusion = "/link/1/inclusion";
    private const string Attachments = "/link/1/attachments";
    private const string Recovery = "/link/1/recovery";
    private const string Jose = "application/jose";

    public async Task ServeAsync(HttpContext context)
    {
        var partner = LinkDoor.Partner(context);
        signals.Heard(partner.Partner);
        var gate = context.Request.Path.StartsWithSegments(Attachments, StringComparison.Ordinal)
            ? gates.ForFiles(partner.Partner)
            : gates.For(partner.Partner);
        if (!gate.TryEnter())
        {
            await RefuseAsync(context, partner, new TooManyAtOnce());
            return;
        }

        try
        {
            await RouteAsync(context, partner);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The edge: whatever went wrong here, the partner keeps its envelope and tries again.
            Log.RequestFailed(log, e, partner.Partner);
            await RefuseAsync(context, partner, new CannotWrite());
        }
        finally
        {
            gate.Leave();
        }
    }

    private async Task RouteAsync(HttpContext context, LinkedPartner partner)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments(Recovery, StringComparison.Ordinal, out var asked))
        {
            if (await recovery.ServeAsync(context, partner, asked) is { } refusal)
            {
                await RefuseAsync(context, partner, refusal);
            }

            return;
        }

        if (await recovering.IsRecoveringAsync(partner.Partner, context.RequestAborted))
        {
            await RefuseAsync(context, partner, new StillRecovering());
            return;
        }

        await (
            context.Request.Method switch
            {
                "POST" when path == Envelopes => TakeAsync(context, partner),
                "GET" when path == Head => HeadAsync(context),
                "GET" when path == Consistency => ConsistencyAsync(context, partner),
                "GET" when path == Inclusion => InclusionAsync(context, partner),
                "GET" or "PUT" when path.StartsWithSegments(Attachments, StringComparison.Ordinal, out var rest) =>
                    AttachmentAsync(context, partner, rest),
                _ => RefuseAsync(context, partner, new NoSuchResource()),
            }
        );
    }

    private async Task TakeAsync(HttpContext context, LinkedPartner partner)
    {
        if (!health.CanWrite)
        {
            await RefuseAsync(context, partner, new CannotWrite());
            return;
        }

        if (context.Request.ContentType != Jose)
        {
            await RefuseAsync(context, partner, new WrongContentType(Jose));
            return;
        }

        AllowBody(context, Envelope.MaxBytes);
        var (body, refusal) = await WholeBody.ReadAsync(context.Request, Envelope.MaxBytes, context.RequestAborted);
        if (body is null)
        {
            await RefuseAsync(context, partner, refusal!); // One of the two is there.
            return;
        }

        using (body)
        {
            // Once the envelope is here it is taken even if the partner hangs up: it will ask again for the receipt.
            var taken = await receiver.TakeAsync(partner, body.Bytes, CancellationToken.None);
            await (
                taken.Receipt is { } receipt
                    ? WriteAsync(context, Jose, receipt)
                    : RefuseAsync(context, partner, taken.Refusal!) // One of the two is there.
            );
        }
    }

    private async Task HeadAsync(HttpContext context)
    {
        var head = await ledger.HeadAsync(context.RequestAborted);
        await WriteAsync(context, Jose, head.Sign(NodeId.Parse(options.Node), keys.Signing));
    }

    private async Task ConsistencyAsync(HttpContext context, LinkedPartner partner)
    {
        var size = await ledger.SizeAsync(context.RequestAborted);
        if (
            !TryNumber(context.Request.Query["first"], out var first)
            || !TryNumber(context.Request.Query["second"], out var second)
            || first > second
            || second > size
        )
        {
            await RefuseAsync(context, partner, new NoSuchResource());
            return;
        }

        var proof = await ledger.ConsistencyAsync(first, second, context.RequestAborted);
        await context.Response.WriteAsJsonAsync(
            new
            {
                first,
                second,
                proof = proof.Select(hash => hash.ToString()),
            },
            context.RequestAborted
        );
    }

    private async Task InclusionAsync(HttpContext context, LinkedPartner partner)
    {
        if (await inclusion.ServeAsync(context, partner.Partner) is { } refusal)
        {
            await RefuseAsync(context, partner, refusal);
        }
    }

    private async Task AttachmentAsync(HttpContext context, LinkedPartner partner, PathString rest)
    {
        AllowBody(context, AttachmentDoor.MostBytes);
        if (await attachments.ServeAsync(context, partner.Partner, rest) is { } refusal)
        {
            await RefuseAsync(context, partner, refusal);
        }
    }

    private static void AllowBody(HttpContext context, int bytes)
    {
        // A little more than allowed, so that it is we who refuse, and in words.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = bytes + 1024;
        }
    }

    private static bool TryNumber(string? text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static Task WriteAsync(HttpContext context, string type, string text)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = text.Length; // ASCII.
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private Task RefuseAsync(HttpContext context, LinkedPartner partner, DeliveryRefusal refusal)
    {
        Log.Refused(log, partner.Partner, refusal.Code, refusal.Detail);
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        if (refusal is TooManyAtOnce or CannotWrite or StillRecovering)
        {
            context.Response.Headers.RetryAfter = refusal is CannotWrite or StillRecovering ? "5" : "1";
        }

        var members = refusal switch
        {
            SequenceGap gap => new Dictionary<string, object> { ["expected"] = gap.Expected },
            AttachmentsMissing missing => new Dictionary<string, object> { ["attachments"] = missing.Ids },
            _ => null,
        };
        return LinkProblem.WriteAsync(context, refusal.Status, refusal.Code, refusal.Detail, members);
    }
}
