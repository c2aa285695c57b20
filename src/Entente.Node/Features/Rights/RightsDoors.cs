using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Features.Rights;

/// <summary>The forms of the register of persons' rights.</summary>
internal static class RightsDoors
{
    /// <summary>Whoever knows a case and does not find it here could conclude who is protected: nobody else looks.</summary>
    public const string Readers = nameof(Role.Protection);

    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void MapRightsDoors(this WebApplication app)
    {
        var doors = app.MapGroup("/rights")
            .RequireFormToken()
            .RequireAuthorization(policy => policy.RequireRole(Readers));
        doors.MapPost("/record", RecordAsync);
        doors.MapPost("/{id:guid}/prepare", PrepareAsync);
        doors.MapPost("/{id:guid}/sent", SentAsync);
        doors.MapGet("/{id:guid}/word", WordAsync);
        doors.MapGroup("/{id:guid}").RequireAuthorization(nameof(Role.Protection)).MapPost("/lift", LiftAsync);
    }

    private static async Task<IResult> RecordAsync(HttpContext context, RightsDesk desk, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var facts = new RightsFacts
        {
            Name = form["name"].ToString().Trim(),
            Born = form["born"].ToString().Trim(),
            Address = form["address"].ToString().Trim(),
            Asked = form["asked"].ToString().Trim(),
        };
        var (id, error) = await desk.RecordAsync(
            Officer.From(context.User),
            form["kind"].ToString(),
            form["language"].ToString(),
            Day(form["received"]) ?? clock.GetUtcNow().AddDays(1), // No date is not a date.
            facts,
            context.RequestAborted
        );
        return Results.LocalRedirect(id is null ? $"/rights/new?said={error!.Code}" : $"/rights/{id}?said=recorded"); // One of the two.
    }

    private static async Task<IResult> PrepareAsync(Guid id, HttpContext context, RightsDesk desk)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var answer = new RightsAnswer(
            form["outcome"].ToString(),
            form["ground"].ToString() is { Length: > 0 } ground ? ground : null,
            [.. form["message"].OfType<string>()]
        );
        var (approval, error) = await desk.PrepareAsync(
            Officer.From(context.User),
            id.ToString(),
            answer,
            form["reason"].ToString(),
            context.RequestAborted
        );
        return error is RightsError.Unknown ? Results.NotFound()
            : approval is not null ? Results.LocalRedirect($"/rights/{id}?said=asked")
            : Back(id, error!.Code); // One of the two.
    }

    private static async Task<IResult> SentAsync(Guid id, HttpContext context, RightsDesk desk)
    {
        var error = await desk.SentAsync(Officer.From(context.User), id.ToString(), context.RequestAborted);
        return Back(id, error?.Code ?? "sent");
    }

    private static async Task<IResult> LiftAsync(Guid id, HttpContext context, RightsDesk desk)
    {
        var error = await desk.LiftAsync(Officer.From(context.User), id.ToString(), context.RequestAborted);
        return Back(id, error?.Code ?? "lifted");
    }

    private static async Task<IResult> WordAsync(Guid id, HttpContext context, RightsBook book)
    {
        var file = await book.FindAsync(id.ToString(), context.RequestAborted);
        return file?.Facts.Letter is { } letter
            ? Results.File(letter.ToWord(), Word, $"letter-{id.ToString()[^12..]}.docx")
            : Results.NotFound();
    }

    private static DateTimeOffset? Day(string? text) =>
        DateTimeOffset.TryParseExact(
            text,
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var day
        )
            ? day
            : null;

    private static IResult Back(Guid id, string said) =>
        Results.LocalRedirect(QueryHelpers.AddQueryString($"/rights/{id}", "said", said));
}
