using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Web;
using Microsoft.AspNetCore.Authorization;

namespace Entente.Node.Features.Meetings;

/// <summary>Where the forms of a meeting's pages are posted to, and the calendars.</summary>
internal static class MeetingDoors
{
    public static void Map(WebApplication app)
    {
        var doors = app.MapGroup("/meetings").RequireAuthorization(nameof(Role.Desk)).RequireFormToken();
        doors.MapPost("/{id:guid}/accept", AcceptAsync);
        doors.MapPost("/{id:guid}/withdraw", WithdrawAsync);
        doors.MapPost("/{id:guid}/point", PointAsync);
        doors.MapPost("/{id:guid}/minutes", MinutesAsync);
        var feeds = app.MapGroup("/calendars").RequireAuthorization(AsTheMeetings).RequireFormToken();
        feeds.MapPost("/open", OpenFeedAsync);
        feeds.MapPost("/{id:guid}/end", EndFeedAsync);
        app.MapGet("/calendar/{secret}.ics", CalendarAsync).AllowAnonymous();
    }

    private static void AsTheMeetings(AuthorizationPolicyBuilder policy) =>
        policy.RequireRole(nameof(Role.Officer), nameof(Role.Supervisor), nameof(Role.Desk));

    private static async Task<IResult> AcceptAsync(HttpContext context, string id, MeetingDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var refusal = await desk.AcceptAsync(form.Officer, id, form.Optional("version"), form.Cancellation);
        return form.Back($"/meetings/{id}", refusal, "sent");
    }

    private static async Task<IResult> WithdrawAsync(HttpContext context, string id, MeetingDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var refusal = await desk.WithdrawAsync(form.Officer, id, form["version"], form.Cancellation);
        return form.Back($"/meetings/{id}", refusal, "sent");
    }

    private static async Task<IResult> PointAsync(HttpContext context, string id, MeetingDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var refusal = await desk.PointAsync(form.Officer, id, form["words"], form.Promise(), form.Cancellation);
        return form.Back($"/meetings/{id}", refusal, "sent");
    }

    private static async Task<IResult> MinutesAsync(HttpContext context, string id, Minutes minutes, TextBook book)
    {
        var form = await TextForm.ReadAsync(context);
        var session = form["session"];
        var words = form["words"];
        var refusal =
            await book.FindAsync(form.Officer, id, form.Cancellation) is null ? TextRefusal.NotFound
            : !Codes.Formats.Contains(session) ? TextRefusal.BadCode
            : words.Length > Minutes.Longest ? TextRefusal.TooLong
            : null;
        if (refusal is null)
        {
            await minutes.KeepAsync(form.Officer, id, session, words, form.Cancellation);
        }

        return form.Back($"/meetings/{id}", refusal, "minutes");
    }

    private static async Task<IResult> OpenFeedAsync(HttpContext context, CalendarFeeds feeds)
    {
        var form = await TextForm.ReadAsync(context);
        var country = form["country"];
        await feeds.OpenAsync(form.Officer, Codes.IsCountry(country) ? country : null, form.Cancellation);
        return TypedResults.LocalRedirect("~/meetings");
    }

    private static async Task<IResult> EndFeedAsync(HttpContext context, string id, CalendarFeeds feeds)
    {
        var form = await TextForm.ReadAsync(context);
        await feeds.EndAsync(form.Officer, id, form.Cancellation);
        return TypedResults.LocalRedirect("~/meetings");
    }

    private static async Task<IResult> CalendarAsync(
        HttpContext context,
        string secret,
        CalendarFeeds feeds,
        PlannedMeetings meetings,
        CommitmentAgenda commitments,
        LabelBook labels,
        TimeProvider clock
    )
    {
        var cancellation = context.RequestAborted;
        if (await feeds.FindAsync(secret, cancellation) is not { } feed)
        {
            return TypedResults.NotFound();
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var rows = await meetings.ForCalendarAsync(feed.Country, feed.Clearance, cancellation);
        var due = await commitments.ForCalendarAsync(feed.Country, cancellation);
        string Said(string key, string country) =>
            $"{labels.Text(key, language)} – {labels.Text($"country.{country}", language)}";
        var file = Calendar.Write(
            labels.Text("meetings.title", language),
            rows.Select(meeting => (meeting, Said($"encounter.{meeting.Kind}", meeting.Country))),
            due.Select(one => (one, Said($"commitment.{one.Type}", one.Country))),
            clock.GetUtcNow()
        );
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Text(file, "text/calendar; charset=utf-8");
    }
}
