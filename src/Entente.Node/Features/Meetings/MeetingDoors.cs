using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Record;
using Entente.Node.Features.Texts;
using Entente.Node.Hosting;
using Entente.Node.Web;

namespace Entente.Node.Features.Meetings;

/// <summary>Where the forms of a meeting's pages are posted to, and the calendars.</summary>
internal static class MeetingDoors
{
    public static void Map(WebApplication app)
    {
        var doors = app.MapGroup("/meetings").RequireAuthorization(nameof(Role.Desk)).RequireFormToken();
        doors.MapPost("/propose", NewAsync);
        doors.MapPost("/{id:guid}/plan", PlanAsync);
        doors.MapPost("/{id:guid}/accept", AcceptAsync);
        doors.MapPost("/{id:guid}/withdraw", WithdrawAsync);
        doors.MapPost("/{id:guid}/point", PointAsync);
        doors.MapPost("/{id:guid}/minutes", MinutesAsync);
        var feeds = app.MapGroup("/calendars").RequireAuthorization().RequireFormToken();
        feeds.MapPost("/open", OpenFeedAsync);
        feeds.MapPost("/{id:guid}/end", EndFeedAsync);
        app.MapGet("/calendar/{secret}.ics", CalendarAsync).AllowAnonymous();
    }

    private static async Task<IResult> NewAsync(HttpContext context, MeetingDesk desk, NodeOptions node)
    {
        var form = await TextForm.ReadAsync(context);
        var plan = PlanForm.Read(form, null, node.Node);
        var (id, refusal) = await desk.ProposeAsync(
            form.Officer,
            form["partner"],
            plan,
            form.Number("rank"),
            form.Cancellation
        );
        return id is null ? form.Back("/meetings/new", refusal, "") : form.Back($"/meetings/{id}", refusal, "sent");
    }

    private static async Task<IResult> PlanAsync(
        HttpContext context,
        string id,
        MeetingDesk desk,
        TextBook book,
        NodeOptions node
    )
    {
        var form = await TextForm.ReadAsync(context);
        var view = await book.FindAsync(form.Officer, id, form.Cancellation);
        var before = view?.Seen.Title is { } title ? MeetingPlan.Read(title.Current.In(MeetingPlan.Member)) : null;
        var plan = PlanForm.Read(form, before, node.Node);
        var refusal = await desk.AmendAsync(form.Officer, id, plan, form.Cancellation);
        return form.Back($"/meetings/{id}", refusal, "sent");
    }

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
        LabelBook labels
    )
    {
        var cancellation = context.RequestAborted;
        if (await feeds.FindAsync(secret, cancellation) is not { } feed)
        {
            return TypedResults.NotFound();
        }

        var language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var rows = await meetings.ForCalendarAsync(feed.Country, feed.Clearance, cancellation);
        var file = Calendar.Write(
            labels.Text("meetings.title", language),
            rows,
            meeting =>
                $"{labels.Text($"encounter.{meeting.Kind}", language)} – {labels.Text($"country.{meeting.Country}", language)}"
        );
        context.Response.Headers.CacheControl = "private, no-store";
        return TypedResults.Text(file, "text/calendar; charset=utf-8");
    }
}
