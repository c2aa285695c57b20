using Entente.Node.Features.Accounts;
using Microsoft.AspNetCore.WebUtilities;

namespace Entente.Node.Features.Record;

/// <summary>A posted form of the record, and the page to show after it.</summary>
internal sealed class RecordForm(HttpContext context, IFormCollection fields)
{
    public string Actor { get; } = Officer.From(context.User).Login;

    public CancellationToken Cancellation => context.RequestAborted;

    public string this[string name] => fields[name].ToString().Trim();

    public static async Task<RecordForm> ReadAsync(HttpContext context) =>
        new(context, await context.Request.ReadFormAsync(context.RequestAborted));

    /// <summary>Null where nothing was filled in.</summary>
    public string? Optional(string name) => this[name] is { Length: > 0 } text ? text : null;

    public IResult Done(string page, string what) => TypedResults.LocalRedirect($"~{page}?done={what}");

    public IResult Back(string page, RecordRefusal? refusal, string done) =>
        refusal is null ? Done(page, done)
        : refusal == RecordRefusal.NotFound ? TypedResults.NotFound()
        : TypedResults.LocalRedirect($"~{page}?error={refusal.Code}");

    /// <summary>The form again, with what was typed and what is wrong about it.</summary>
    public IResult Again(string page, RecordRefusal refusal, params (string Name, string? Value)[] typed)
    {
        var query = typed.ToDictionary(t => t.Name, t => t.Value);
        query["error"] = refusal.Code;
        return TypedResults.LocalRedirect(QueryHelpers.AddQueryString($"~{page}", query));
    }
}
