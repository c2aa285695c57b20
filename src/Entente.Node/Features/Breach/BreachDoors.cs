using Entente.Node.Documents;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Features.Breach;

/// <summary>The steps of a breach, one form each.</summary>
internal static class BreachDoors
{
    /// <summary>Who records and follows breaches.</summary>
    public const string Readers = nameof(Role.Protection) + "," + nameof(Role.Security);

    public static void MapBreachDoors(this WebApplication app)
    {
        var both = app.MapGroup("/breaches")
            .RequireFormToken()
            .RequireAuthorization(policy => policy.RequireRole(Readers.Split(',')));
        both.MapPost("/record", RecordAsync);
        both.MapPost("/{id:guid}/assess", AssessAsync);
        both.MapGet("/{id:guid}/word", WordAsync);
        var protection = both.MapGroup("/{id:guid}").RequireAuthorization(nameof(Role.Protection));
        protection.MapPost("/notified", NotifiedAsync);
        protection.MapPost("/partners", PartnersAsync);
        protection.MapPost("/persons", PersonsAsync);
        protection.MapPost("/close", CloseAsync);
    }

    private static async Task<IResult> RecordAsync(HttpContext context, BreachDesk desk, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (LocalTimes.Read(form["noticed"].ToString(), clock) is not { } noticed)
        {
            return Results.LocalRedirect("/breaches/new?said=facts");
        }

        var (id, error) = await desk.RecordAsync(
            Officer.From(context.User),
            noticed,
            [.. form["nature"].OfType<string>()],
            Facts(form),
            context.RequestAborted
        );
        return id is null
            ? Results.LocalRedirect($"/breaches/new?said={error!.Code}") // One of the two is there.
            : Results.LocalRedirect($"/breaches/{id}?said=recorded");
    }

    /// <summary>Of messages and cases, alone or inside the links that a browser copies.</summary>
    internal static IReadOnlyList<string> Numbers(string said) =>
        said.Split([' ', '\n', '\r', '\t', ',', ';', '/', '?', '#'], StringSplitOptions.RemoveEmptyEntries);

    private static async Task<IResult> AssessAsync(Guid id, HttpContext context, BreachDesk desk)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var error = await desk.AssessAsync(
            Officer.From(context.User),
            id.ToString(),
            form["risk"].ToString(),
            Numbers(form["concerned"].ToString()),
            Facts(form),
            context.RequestAborted
        );
        return Back(id, error, "assessed");
    }

    private static async Task<IResult> NotifiedAsync(Guid id, HttpContext context, BreachDesk desk, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var error = await desk.NotifiedAsync(
            Officer.From(context.User),
            id.ToString(),
            LocalTimes.Read(form["at"].ToString(), clock) ?? clock.GetUtcNow(),
            form["reference"].ToString(),
            form["late"].ToString(),
            context.RequestAborted
        );
        return Back(id, error, "notified");
    }

    private static async Task<IResult> PartnersAsync(Guid id, HttpContext context, BreachNotices notices)
    {
        var officer = Officer.From(context.User);
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var words = form["words"] == "on";
        var error = await notices.SendAsync(officer, id.ToString(), Labels.Language, words, context.RequestAborted);
        return Back(id, error, "partners");
    }

    private static async Task<IResult> PersonsAsync(Guid id, HttpContext context, BreachDesk desk) =>
        Back(
            id,
            await desk.PersonsToldAsync(Officer.From(context.User), id.ToString(), context.RequestAborted),
            "persons"
        );

    private static async Task<IResult> CloseAsync(Guid id, HttpContext context, BreachDesk desk) =>
        Back(id, await desk.CloseAsync(Officer.From(context.User), id.ToString(), context.RequestAborted), "closed");

    private static async Task<IResult> WordAsync(Guid id, HttpContext context, BreachBook book, Labels labels)
    {
        var file = await book.FindAsync(id.ToString(), context.RequestAborted);
        if (file is null)
        {
            return Results.NotFound();
        }

        var document = new WordDocument(Labels.Language, labels["breach.notification"]);
        document.Title(labels["breach.notification"]);
        document.Table(
            [],
            [.. BreachWords.Facts(labels, file).Select(fact => (IReadOnlyList<string>)[fact.Label, fact.Text])],
            [1, 2]
        );
        return Results.File(
            document.ToBytes(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            $"breach-{id}.docx"
        );
    }

    private static BreachFacts Facts(IFormCollection form) =>
        new()
        {
            What = form["what"].ToString().Trim(),
            Persons = form["persons"].ToString().Trim(),
            Consequences = form["consequences"].ToString().Trim(),
            Measures = form["measures"].ToString().Trim(),
            Contact = form["contact"].ToString().Trim(),
        };

    private static IResult Back(Guid id, BreachError? error, string done) =>
        error is BreachError.Unknown
            ? Results.NotFound()
            : Results.LocalRedirect(QueryHelpers.AddQueryString($"/breaches/{id}", "said", error?.Code ?? done));
}
