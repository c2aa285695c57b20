using Entente.Node.Features.Accounts;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Features.Retention;

/// <summary>The buttons of the retention pages: each does one thing and goes back.</summary>
internal static class RetentionDoors
{
    /// <summary>Who sees the queue and may ask for an extension.</summary>
    public const string Readers = nameof(Role.Protection) + "," + nameof(Role.Supervisor);

    public static void MapRetentionDoors(this WebApplication app)
    {
        var doors = app.MapGroup("/retention").RequireFormToken();
        doors.MapPost("/review", ReviewAsync).RequireAuthorization(nameof(Role.Protection));
        var registers = doors.MapGroup("/registers/{code}/{id:guid}").RequireAuthorization(nameof(Role.Protection));
        registers.MapPost("/keep", KeepAsync);
        registers.MapPost("/end", EndAsync);
        var both = doors
            .MapGroup("/")
            .RequireAuthorization(policy => policy.RequireRole(nameof(Role.Protection), nameof(Role.Supervisor)));
        both.MapPost("/{id:guid}/extend", ExtendAsync);
    }

    private static async Task<IResult> ReviewAsync(HttpContext context, RetentionDesk desk)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var officer = Officer.From(context.User);
        List<string> cases = [.. form["case"].OfType<string>()];
        if (cases.Count == 0)
        {
            return Back("/retention", "said", new RetentionError.NothingChosen().Code);
        }

        var ended = form["action"] == "end";
        var done = ended
            ? await desk.EndAsync(officer, cases, context.RequestAborted)
            : await desk.ConfirmAsync(officer, cases, context.RequestAborted);
        return Results.LocalRedirect(
            QueryHelpers.AddQueryString(
                "/retention",
                new Dictionary<string, string?>
                {
                    ["said"] = ended ? "ended" : "confirmed",
                    ["count"] = done.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    ["show"] = form["show"].ToString() is { Length: > 0 } show ? show : null,
                }
            )
        );
    }

    private static async Task<IResult> KeepAsync(HttpContext context, string code, Guid id, RegisterDesk desk)
    {
        var kept = await desk.KeepAsync(Officer.From(context.User), code, id.ToString(), context.RequestAborted);
        return Back("/retention/registers", "said", kept ? "kept" : "unknown");
    }

    private static async Task<IResult> EndAsync(HttpContext context, string code, Guid id, RegisterDesk desk)
    {
        var ended = await desk.EndAsync(Officer.From(context.User), code, id.ToString(), context.RequestAborted);
        return Back("/retention/registers", "said", ended ? "ended" : "unknown");
    }

    private static async Task<IResult> ExtendAsync(HttpContext context, Guid id, Extensions extensions)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var months = int.TryParse(form["months"], System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 0;
        var error = await extensions.AskAsync(
            Officer.From(context.User),
            id.ToString(),
            months,
            form["reason"].ToString(),
            context.RequestAborted
        );
        return Back($"/retention/{id}", "said", error?.Code ?? "asked");
    }

    private static IResult Back(string page, string name, string value) =>
        Results.LocalRedirect(QueryHelpers.AddQueryString(page, name, value));
}
