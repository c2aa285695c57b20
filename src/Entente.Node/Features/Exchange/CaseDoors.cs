using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Web.Posting;
using Entente.Protocol;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Features.Exchange;

/// <summary>The case page's buttons: each does one thing and goes back to the case.</summary>
internal static class CaseDoors
{
    public static void MapCaseDoors(this WebApplication app)
    {
        var cases = app.MapGroup("/cases/{id}");
        cases.MapPost("/take", TakeAsync).RequireAuthorization(nameof(Role.Officer));
        cases.MapPost("/notes", NoteAsync).RequireAuthorization(WorkOnCases);
        cases.MapPost("/permissions", AskAsync).RequireAuthorization(nameof(Role.Officer));
        cases.MapPost("/permissions/{permission}", DecideAsync).RequireAuthorization(nameof(Role.Officer));
        cases.MapPost("/permissions/{permission}/revoke", RevokeAsync).RequireAuthorization(nameof(Role.Officer));
        cases.MapGet("/files/{message}/{index:int}", FileAsync).RequireAuthorization(WorkOnCases);
    }

    /// <summary>As the case's page itself.</summary>
    private static void WorkOnCases(AuthorizationPolicyBuilder policy) =>
        policy.RequireRole(nameof(Role.Officer), nameof(Role.Supervisor));

    private static async Task<IResult> TakeAsync(
        string id,
        [FromForm] string request,
        HttpContext context,
        CaseDesk desk
    )
    {
        await desk.TakeAsync(Officer.From(context.User), request, context.RequestAborted);
        return Results.LocalRedirect($"/cases/{Uri.EscapeDataString(id)}");
    }

    private static async Task<IResult> NoteAsync(string id, [FromForm] string? text, HttpContext context, CaseDesk desk)
    {
        await desk.NoteAsync(Officer.From(context.User), id, text ?? "", context.RequestAborted);
        return Results.LocalRedirect($"/cases/{Uri.EscapeDataString(id)}#notes");
    }

    private static async Task<IResult> AskAsync(
        string id,
        [FromForm] string message,
        [FromForm] string to,
        [FromForm] string? purpose,
        [FromForm] string? reason,
        HttpContext context,
        PermissionDesk desk,
        PostedForms posted
    )
    {
        // One list offers the other uses and the nodes; a node's name has a dot in it.
        var ask = PermissionUses.All.Contains(to)
            ? new PermissionAsk(message, to, Purpose: purpose, Reason: reason)
            : new PermissionAsk(message, PermissionUses.Onward, to, Reason: reason);
        var (officer, cancellation) = (Officer.From(context.User), context.RequestAborted);
        var post = await posted.ReadAsync(officer, await context.Request.ReadFormAsync(cancellation), cancellation);
        var result = await desk.AskAsync(officer, ask, post, cancellation);
        return Back(id, message, result);
    }

    private static async Task<IResult> DecideAsync(
        string id,
        string permission,
        [FromForm] bool grant,
        [FromForm] string? reason,
        HttpContext context,
        PermissionDesk desk
    )
    {
        var officer = Officer.From(context.User);
        var result = await desk.DecideAsync(officer, permission, grant, reason, context.RequestAborted);
        return Back(id, permission, result);
    }

    private static async Task<IResult> RevokeAsync(
        string id,
        string permission,
        [FromForm] string? reason,
        HttpContext context,
        PermissionDesk desk
    )
    {
        var officer = Officer.From(context.User);
        return Back(id, permission, await desk.RevokeAsync(officer, permission, reason, context.RequestAborted));
    }

    /// <param name="message">What the step was about: the page says again what stands against it.</param>
    private static IResult Back(string id, string message, SendResult result)
    {
        var page = $"/cases/{Uri.EscapeDataString(id)}";
        return Results.LocalRedirect(
            result switch
            {
                SendResult.Refused => $"{QueryHelpers.AddQueryString(page, "refused", message)}#guard",
                SendResult.Faulty { Errors: [var first, ..] } => QueryHelpers.AddQueryString(
                    page,
                    "fault",
                    first.LabelKey["exchange.error.".Length..]
                ),
                _ => page,
            }
        );
    }

    private static async Task<IResult> FileAsync(
        string id,
        string message,
        int index,
        HttpContext context,
        CaseDesk desk,
        AttachmentStore files
    )
    {
        var found = await desk.FileAsync(Officer.From(context.User), id, message, index, context.RequestAborted);
        if (found is not { } one || !files.IsHere(one.Message.Stored, one.File))
        {
            return Results.NotFound();
        }

        // Saved, never shown by the browser: what a partner attached does not run here.
        context.Response.ContentLength = one.File.Size;
        return Results.Stream(
            to => CopyAsync(context, files, one.Message.Stored, one.File, to),
            "application/octet-stream",
            one.File.Name
        );
    }

    /// <summary>A chunk that does not check ends the connection: the browser then shows a download that failed.</summary>
    private static async Task CopyAsync(
        HttpContext context,
        AttachmentStore files,
        StoredMessage message,
        Attachment file,
        Stream to
    )
    {
        if (await files.CopyToAsync(message, file, to, context.RequestAborted) is not null)
        {
            context.Abort();
        }
    }
}
