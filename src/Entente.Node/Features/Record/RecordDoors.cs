using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Web;

namespace Entente.Node.Features.Record;

/// <summary>Where the forms of the record's pages are posted to. Only the desk writes the record.</summary>
internal static class RecordDoors
{
    public static void Map(WebApplication app)
    {
        var doors = app.MapGroup("/record/{country}").RequireAuthorization(nameof(Role.Desk)).RequireFormToken();
        doors.AddEndpointFilter(
            (invocation, next) =>
                IsWord(invocation.HttpContext, "country") && IsWord(invocation.HttpContext, "kinds")
                    ? next(invocation)
                    : ValueTask.FromResult<object?>(TypedResults.NotFound())
        );
        doors.MapPost("/instruments/new", NewInstrumentAsync);
        doors.MapPost("/commitments/new", NewCommitmentAsync);
        doors.MapPost("/meetings/{id:guid}/correct", CorrectMeetingAsync);
        doors.MapPost("/instruments/{id:guid}/correct", CorrectInstrumentAsync);
        doors.MapPost("/commitments/{id:guid}/correct", CorrectCommitmentAsync);
        doors.MapPost("/officials/{id:guid}/correct", CorrectOfficialAsync);
        doors.MapPost("/officials/{id:guid}/post", PostAsync);
        doors.MapPost("/{kinds}/{id:guid}/undo", UndoAsync);
        doors.MapPost("/{kinds}/{id:guid}/remove", RemoveAsync);
    }

    /// <summary>It goes into the address of the page shown next.</summary>
    private static bool IsWord(HttpContext context, string name) =>
        context.Request.RouteValues[name] is not string text || text.All(char.IsAsciiLetter);

    private static async Task<IResult> NewInstrumentAsync(HttpContext context, string country, RecordEntries entries)
    {
        var form = await RecordForm.ReadAsync(context);
        var facts = Instrument(form, "");
        var (id, refusal) = await entries.AddInstrumentAsync(country, facts, form.Actor, form.Cancellation);
        return refusal is null
            ? form.Done($"/record/{country}/instruments/{id}", "entered")
            : form.Again($"/record/{country}/new-instrument", refusal, ("title", facts.Title), ("date", facts.Date));
    }

    private static async Task<IResult> NewCommitmentAsync(HttpContext context, string country, RecordEntries entries)
    {
        var form = await RecordForm.ReadAsync(context);
        var facts = Commitment(form, "");
        var (id, refusal) = await entries.AddCommitmentAsync(
            country,
            facts,
            form.Optional("instrument"),
            form.Actor,
            form.Cancellation
        );
        return refusal is null
            ? form.Done($"/record/{country}/commitments/{id}", "entered")
            : form.Again($"/record/{country}/new-commitment", refusal, ("wording", facts.Wording));
    }

    private static async Task<IResult> CorrectMeetingAsync(
        HttpContext context,
        string country,
        string id,
        Corrections corrections
    )
    {
        var form = await RecordForm.ReadAsync(context);
        var facts = new MeetingFacts
        {
            Id = id,
            Kind = form["kind"],
            Date = form.Optional("date"),
            Place = form.Optional("place"),
        };
        var refusal = await corrections.MeetingAsync(facts, form.Actor, form.Cancellation);
        return form.Back($"/record/{country}/meetings/{id}", refusal, "corrected");
    }

    private static async Task<IResult> CorrectInstrumentAsync(
        HttpContext context,
        string country,
        string id,
        Corrections corrections
    )
    {
        var form = await RecordForm.ReadAsync(context);
        var refusal = await corrections.InstrumentAsync(Instrument(form, id), form.Actor, form.Cancellation);
        return form.Back($"/record/{country}/instruments/{id}", refusal, "corrected");
    }

    private static async Task<IResult> CorrectCommitmentAsync(
        HttpContext context,
        string country,
        string id,
        Corrections corrections
    )
    {
        var form = await RecordForm.ReadAsync(context);
        var refusal = await corrections.CommitmentAsync(Commitment(form, id), form.Actor, form.Cancellation);
        return form.Back($"/record/{country}/commitments/{id}", refusal, "corrected");
    }

    private static async Task<IResult> CorrectOfficialAsync(
        HttpContext context,
        string country,
        string id,
        Corrections corrections
    )
    {
        var form = await RecordForm.ReadAsync(context);
        var facts = new OfficialFacts
        {
            Id = id,
            Name = form["name"],
            Native = form.Optional("native"),
            Folded = FoldedName.Of(form["name"]),
        };
        var refusal = await corrections.OfficialAsync(facts, form.Actor, form.Cancellation);
        return form.Back($"/record/{country}/officials/{id}", refusal, "corrected");
    }

    private static async Task<IResult> PostAsync(HttpContext context, string country, string id, RecordEntries entries)
    {
        var form = await RecordForm.ReadAsync(context);
        var refusal = await entries.PostAsync(
            id,
            form["role"],
            form.Optional("since"),
            form.Optional("until"),
            form.Actor,
            form.Cancellation
        );
        return form.Back($"/record/{country}/officials/{id}", refusal, "corrected");
    }

    private static async Task<IResult> UndoAsync(
        HttpContext context,
        string country,
        string kinds,
        string id,
        Corrections corrections
    )
    {
        var form = await RecordForm.ReadAsync(context);
        var refusal = await corrections.UndoAsync(kinds.TrimEnd('s'), id, form.Actor, form.Cancellation);
        return form.Back($"/record/{country}/{kinds}/{id}", refusal, "undone");
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext context,
        string country,
        string kinds,
        string id,
        RecordEntries entries
    )
    {
        if (kinds is not ("meetings" or "instruments" or "commitments"))
        {
            return TypedResults.NotFound();
        }

        var form = await RecordForm.ReadAsync(context);
        var refusal = await entries.RemoveAsync(kinds.TrimEnd('s'), id, form.Actor, form.Cancellation);
        return form.Back($"/record/{country}", refusal, "removed");
    }

    private static InstrumentFacts Instrument(RecordForm form, string id) =>
        new()
        {
            Id = id,
            Type = form["type"],
            Status = form["status"],
            Title = form["title"],
            Date = form.Optional("date"),
            Ended = form.Optional("ended"),
        };

    private static CommitmentFacts Commitment(RecordForm form, string id) =>
        new()
        {
            Id = id,
            Type = form["type"],
            Wording = form["wording"],
            Domain = form.Optional("domain"),
            Due = form.Optional("due"),
            Indicator = form.Optional("indicator"),
            Target = int.TryParse(form["target"], NumberStyles.None, CultureInfo.InvariantCulture, out var target)
                ? target
                : null,
            Rhythm = form.Optional("rhythm"),
            OwnUnit = form.Optional("own-unit"),
            PartnerUnit = form.Optional("partner-unit"),
        };
}
