using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Web;
using Microsoft.AspNetCore.Mvc;

namespace Entente.Node.Features.Approvals;

/// <summary>The forms of the approval pages.</summary>
internal static class ApprovalDoors
{
    public static void MapApprovals(this WebApplication app)
    {
        var approvals = app.MapGroup("/approvals").RequireAuthorization().RequireFormToken();
        approvals.MapPost("/{id}/decide", DecideAsync);
        approvals.MapPost("/{id}/withdraw", WithdrawAsync);
        approvals.MapPost("/delegations", LendAsync);
        approvals.MapPost("/delegations/{id}/end", EndAsync);
    }

    private static async Task<IResult> DecideAsync(
        string id,
        [FromForm] string? decision,
        [FromForm] string? reason,
        HttpContext context,
        ApprovalDesk desk,
        ApprovalBook book,
        IEnumerable<IApprovalKind> kinds
    )
    {
        var officer = Officer.From(context.User);
        if (await book.KindAsync(id, context.RequestAborted) is { } kind && kinds.OwnPage(kind) is { } own)
        {
            return Results.LocalRedirect($"{own}/{Uri.EscapeDataString(id)}"); // What it tells would be lost here.
        }

        var error = await desk.DecideAsync(officer, id, decision == "grant", reason, context.RequestAborted);
        return error is null ? Queue("decided") : Results.LocalRedirect($"{Page(id)}?said={error.Code}");
    }

    private static async Task<IResult> WithdrawAsync(string id, HttpContext context, ApprovalDesk desk)
    {
        var error = await desk.WithdrawAsync(Officer.From(context.User), id, context.RequestAborted);
        return Queue(error?.Code ?? "withdrawn");
    }

    private static async Task<IResult> LendAsync(
        [FromForm] string? to,
        [FromForm] string? role,
        [FromForm] string? mode,
        [FromForm] string? until,
        HttpContext context,
        DelegationDesk desk
    )
    {
        if (
            !Enum.TryParse<Role>(role, out var lent)
            || !DateTimeOffset.TryParseExact(
                until,
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var day
            )
        )
        {
            return Queue("period");
        }

        var error = await desk.LendAsync(
            Officer.From(context.User),
            to ?? "",
            lent,
            mode == "substitute",
            day.AddDays(1),
            context.RequestAborted
        );
        return Queue(error?.Code ?? "lent");
    }

    private static async Task<IResult> EndAsync(string id, HttpContext context, DelegationDesk desk)
    {
        var done = await desk.RevokeAsync(Officer.From(context.User), id, context.RequestAborted);
        return Queue(done ? "ended" : "unknown");
    }

    private static string Page(string id) => $"/approvals/{Uri.EscapeDataString(id)}";

    private static IResult Queue(string said) => Results.LocalRedirect($"/approvals?said={said}");
}
