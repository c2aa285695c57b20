using Entente.Node.Features.Accounts;
using Entente.Node.Web;
using Entente.Reading;

namespace Entente.Node.Features.Readings;

/// <summary>Where the forms of the readings pages are posted to. Each answers with the page to show next.</summary>
internal static class ReadingDoors
{
    private const int MostFiles = 200;

    public static void Map(WebApplication app)
    {
        var doors = app.MapGroup("/readings").RequireAuthorization(nameof(Role.Desk)).RequireFormToken();
        doors.MapPost("/receive", ReceiveAsync);
        doors.MapPost("/{id:guid}/values/{value}/correct", CorrectAsync);
        doors.MapPost("/{id:guid}/values/{value}/reject", ([AsParameters] Door door) => RejectValueAsync(door, true));
        doors.MapPost("/{id:guid}/values/{value}/restore", ([AsParameters] Door door) => RejectValueAsync(door, false));
        doors.MapPost("/{id:guid}/add", AddAsync);
        doors.MapPost("/{id:guid}/accept", AcceptAsync);
        doors.MapPost("/{id:guid}/together", TogetherAsync);
        doors.MapPost("/{id:guid}/reject", RejectAsync);
        doors.MapPost("/{id:guid}/reopen", ReopenAsync);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, ReadingDesk desk, BatchStore batches)
    {
        var cancellation = context.RequestAborted;
        var form = await context.Request.ReadFormAsync(cancellation);
        var actor = Officer.From(context.User).Login;
        var outcome = new List<Reception>();
        foreach (var file in form.Files.Take(MostFiles))
        {
            outcome.Add(
                file.Length > TextDecoding.MaximumBytes
                    ? new Reception(file.FileName, null, ReceptionState.Refused, ReadingRefusal.TooLarge)
                    : await desk.ReceiveAsync(file.FileName, await BytesAsync(file, cancellation), actor, cancellation)
            );
        }

        var pasted = form["text"].ToString();
        if (!string.IsNullOrWhiteSpace(pasted))
        {
            outcome.Add(await desk.ReceiveTextAsync("", pasted, actor, cancellation));
        }

        if (outcome.Count == 0)
        {
            return TypedResults.LocalRedirect("~/readings?error=" + ReadingRefusal.NoText.Code);
        }

        return outcome is [{ State: ReceptionState.Draft, Reading: { } only }]
            ? TypedResults.LocalRedirect($"~/readings/{only}")
            : TypedResults.LocalRedirect($"~/readings?batch={await batches.AddAsync(outcome, actor, cancellation)}");
    }

    private static async Task<IResult> CorrectAsync([AsParameters] Door door, string value)
    {
        var form = await door.FormAsync();
        var refusal = await door.Review.CorrectAsync(door.Seen(form), value, name => form[name], door.Cancellation);
        return door.Back(refusal, value, $"&edit={Uri.EscapeDataString(value)}#v-{Uri.EscapeDataString(value)}");
    }

    private static async Task<IResult> RejectValueAsync(Door door, bool rejected)
    {
        var form = await door.FormAsync();
        var value = door.Context.Request.RouteValues["value"]?.ToString() ?? "";
        var refusal = await door.Review.RejectValueAsync(door.Seen(form), value, rejected, door.Cancellation);
        return door.Back(refusal, value);
    }

    private static async Task<IResult> AddAsync([AsParameters] Door door)
    {
        var form = await door.FormAsync();
        var field = form["field"].ToString();
        var refusal = await door.Review.AddAsync(
            door.Seen(form),
            field,
            form["words-of-text"].ToString().Trim(),
            name => form[name],
            door.Cancellation
        );
        return door.Back(refusal, form: $"&add={Uri.EscapeDataString(field)}#field-{Uri.EscapeDataString(field)}");
    }

    private static async Task<IResult> AcceptAsync([AsParameters] Door door, ReadingAcceptance acceptance)
    {
        var form = await door.FormAsync();
        var meeting = form["meeting"].ToString();
        var choice =
            meeting == "new" ? MeetingChoice.Another
            : meeting.Length > 0 ? new MeetingChoice(false, meeting)
            : MeetingChoice.Likeliest;
        var accepted = await acceptance.AcceptAsync(door.Seen(form), choice, door.Cancellation);
        return accepted.Meeting is { } entered
            ? TypedResults.LocalRedirect($"~/record/meetings/{entered}?done=accepted")
            : door.Back(accepted.Refusal);
    }

    // Each source comes with the version that was seen: `source` holds "id version".
    private static async Task<IResult> TogetherAsync(
        [AsParameters] Door door,
        ReadingAcceptance acceptance,
        ReadingStore readings
    )
    {
        var form = await door.FormAsync();
        var actor = Officer.From(door.Context.User).Login;
        var seen = form["source"].Select(source => DraftSeen.Parse(source, actor)).OfType<DraftSeen>().ToList();
        if (seen.Count == 0)
        {
            return door.Back(ReadingRefusal.NotFound);
        }

        var reading = await readings.FindAsync(door.Id, door.Cancellation);
        var together = reading is null ? [] : await readings.TogetherAsync(reading.Row, door.Cancellation);
        var meeting = together.FirstOrDefault(text => text.Row.Meeting is not null)?.Row.Meeting;
        var accepted = await acceptance.AcceptTogetherAsync(seen, meeting, door.Cancellation);
        return accepted.Refusal is null
            ? TypedResults.LocalRedirect($"~/record/meetings/{accepted.Meeting}?done=accepted")
            : TypedResults.LocalRedirect($"~/readings/{door.Id}/together?error={accepted.Refusal.Code}");
    }

    private static async Task<IResult> RejectAsync([AsParameters] Door door)
    {
        var form = await door.FormAsync();
        var refusal = await door.Review.RejectAsync(door.Seen(form), form["reason"].ToString(), door.Cancellation);
        return door.Back(refusal);
    }

    private static async Task<IResult> ReopenAsync([AsParameters] Door door)
    {
        var form = await door.FormAsync();
        return door.Back(await door.Review.ReopenAsync(door.Seen(form), door.Cancellation));
    }

    private static async Task<byte[]> BytesAsync(IFormFile file, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancellation);
        return bytes.ToArray();
    }
}
