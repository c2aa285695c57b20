using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Guard;
using Entente.Node.Web;

namespace Entente.Node.Features.Texts;

/// <summary>Where the forms of a text's pages are posted to, and its files.</summary>
internal static class TextDoors
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void Map(WebApplication app)
    {
        var doors = app.MapGroup("/texts").RequireAuthorization(nameof(Role.Desk)).RequireFormToken();
        doors.MapPost("/open", NewAsync); // Not /new: the page of that address would answer too.
        doors.MapPost("/{id:guid}/word", WordAsync);
        doors.MapPost("/{id:guid}/add", AddAsync);
        doors.MapPost("/{id:guid}/remove", RemoveAsync);
        doors.MapPost("/{id:guid}/move", MoveAsync);
        doors.MapPost("/{id:guid}/withdraw", WithdrawAsync);
        doors.MapPost("/{id:guid}/accept", AcceptAsync);
        doors.MapPost("/{id:guid}/comment", CommentAsync);
        doors.MapPost("/{id:guid}/discard", DiscardAsync);
        doors.MapPost("/{id:guid}/send", SendAsync);
        doors.MapPost("/{id:guid}/sign", SignAsync);
        doors.MapPost("/{id:guid}/release", ReleaseAsync);
        var files = app.MapGroup("/texts/{id:guid}")
            .RequireAuthorization(policy =>
                policy.RequireRole(nameof(Role.Officer), nameof(Role.Supervisor), nameof(Role.Desk))
            );
        files.MapGet("/text.docx", DocumentAsync);
        files.MapGet("/instrument.json", EvidenceAsync);
    }

    private static async Task<IResult> NewAsync(HttpContext context, TextBeginnings beginnings)
    {
        var form = await TextForm.ReadAsync(context);
        var (id, refusal) = await beginnings.OpenAsync(
            form.Officer,
            new TextBeginning
            {
                Partner = form["partner"],
                Kind = form["kind"],
                Languages = [.. LabelBook.Languages.Intersect(form.All("languages"))],
                Rank = form.Number("rank"),
                Meeting = form.Optional("meeting"),
                Amends = form.Optional("amends"),
                FromTemplate = form["template"].Length > 0,
            },
            form.Cancellation
        );
        return refusal is null ? form.Back($"/texts/{id}", null, "opened") : form.Back("/texts/new", refusal, "");
    }

    private static async Task<IResult> WordAsync(HttpContext context, string id, ClauseDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var words = new ProposedWords(
            form["clause"],
            form.Words(),
            form.All("confirmed"),
            form.Promise(),
            form.Optional("over")
        );
        return form.Back($"/texts/{id}", await desk.WordAsync(form.Officer, id, words, form.Cancellation), "drafted");
    }

    private static async Task<IResult> AddAsync(HttpContext context, string id, ClauseDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var clause = new NewClause(form.Words(), form.Promise());
        var refusal = clause.Wording.Values.All(words => words.Length == 0)
            ? TextRefusal.Empty
            : await desk.AddAsync(form.Officer, id, form.Optional("after"), clause, form.Cancellation);
        return form.Back($"/texts/{id}", refusal, "drafted");
    }

    private static async Task<IResult> RemoveAsync(HttpContext context, string id, ClauseDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var refusal = await desk.RemoveAsync(form.Officer, id, form["clause"], form.Cancellation);
        return form.Back($"/texts/{id}", refusal, "drafted");
    }

    private static async Task<IResult> MoveAsync(HttpContext context, string id, ClauseDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var step = form["step"] == "up" ? -1 : 1;
        var refusal = await desk.MoveAsync(form.Officer, id, form["clause"], step, form.Cancellation);
        return form.Back($"/texts/{id}", refusal, "drafted");
    }

    private static async Task<IResult> WithdrawAsync(HttpContext context, string id, VersionDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var refusal = await desk.WithdrawAsync(form.Officer, id, form["version"], form.Cancellation);
        return form.Back($"/texts/{id}", refusal, "drafted");
    }

    private static async Task<IResult> AcceptAsync(HttpContext context, string id, VersionDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var refusal = await desk.AcceptAsync(form.Officer, id, form.Optional("version"), form.Cancellation);
        return form.Back($"/texts/{id}", refusal, "drafted");
    }

    private static async Task<IResult> CommentAsync(HttpContext context, string id, VersionDesk desk)
    {
        var form = await TextForm.ReadAsync(context);
        var comment = new AddComment(form.Optional("clause"), Labels.Language, form["words"]);
        return form.Back(
            $"/texts/{id}",
            await desk.CommentAsync(form.Officer, id, comment, form.Cancellation),
            "drafted"
        );
    }

    private static async Task<IResult> DiscardAsync(HttpContext context, string id, DraftDesk desk, TextBook book)
    {
        var form = await TextForm.ReadAsync(context);
        var refusal = await desk.DiscardAsync(form.Officer, id, form.Cancellation);
        var left = refusal is null && await book.RowAsync(id, form.Cancellation) is null;
        return form.Back(left ? "/texts" : $"/texts/{id}", refusal, "discarded");
    }

    private static async Task<IResult> SendAsync(HttpContext context, string id, TextSending sending)
    {
        var form = await TextForm.ReadAsync(context);
        return form.Back($"/texts/{id}", await sending.SendAsync(form.Officer, id, form.Cancellation), "sent");
    }

    private static async Task<IResult> SignAsync(HttpContext context, string id, Signing signing)
    {
        var form = await TextForm.ReadAsync(context);
        return form.Back(
            $"/texts/{id}",
            await signing.AskAsync(form.Officer, id, form["sha256"], form.Cancellation),
            "asked"
        );
    }

    private static async Task<IResult> ReleaseAsync(HttpContext context, string id, TextSending sending)
    {
        var form = await TextForm.ReadAsync(context);
        return form.Back($"/texts/{id}", await sending.ReleaseAsync(form.Officer, id, form.Cancellation), "released");
    }

    private static async Task<IResult> DocumentAsync(
        HttpContext context,
        string id,
        TextBook book,
        TextDocument document,
        ExitDoor exits,
        string? @in = null,
        string? second = null
    )
    {
        var officer = Officer.From(context.User);
        var view = await book.FindAsync(officer, id, context.RequestAborted);
        if (view?.Seen.Opening is null)
        {
            return TypedResults.NotFound();
        }

        return !(await exits.LeaveAsync(officer, view.Leaving(DisclosureAct.Export), context.RequestAborted)).Allowed
            ? TypedResults.LocalRedirect($"/texts/{id}")
            : TypedResults.File(
                await document.WriteAsync(view, @in ?? Labels.Language, second, context.RequestAborted),
                Word,
                $"{view.Row.Kind}.docx"
            );
    }

    private static async Task<IResult> EvidenceAsync(
        HttpContext context,
        string id,
        TextBook book,
        InstrumentEvidenceMaker maker,
        ExitDoor exits
    )
    {
        var officer = Officer.From(context.User);
        var view = await book.FindAsync(officer, id, context.RequestAborted);
        var evidence = view is null ? null : await maker.MakeAsync(view, context.RequestAborted);
        if (view is null || evidence is null)
        {
            return TypedResults.NotFound();
        }

        return !(await exits.LeaveAsync(officer, view.Leaving(DisclosureAct.Prove), context.RequestAborted)).Allowed
            ? TypedResults.LocalRedirect($"/texts/{id}")
            : TypedResults.File(Encoding.UTF8.GetBytes(evidence), "application/json", "instrument.json");
    }
}
