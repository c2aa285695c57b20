using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Texts.Negotiation;

namespace Entente.Node.Features.Texts;

/// <summary>A posted form of a text's page, and the page to show after it.</summary>
internal sealed class TextForm(HttpContext context, IFormCollection fields)
{
    private const string Wording = "wording.";

    public Officer Officer { get; } = Officer.From(context.User);

    public CancellationToken Cancellation => context.RequestAborted;

    public string this[string name] => fields[name].ToString().Trim();

    public IReadOnlyList<string> All(string name) => [.. fields[name].OfType<string>().Where(v => v.Length > 0)];

    public string? Optional(string name) => this[name] is { Length: > 0 } text ? text : null;

    public int Number(string name) =>
        int.TryParse(this[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static async Task<TextForm> ReadAsync(HttpContext context) =>
        new(context, await context.Request.ReadFormAsync(context.RequestAborted));

    /// <summary>`wording.fr`, `wording.ar`…</summary>
    public IReadOnlyDictionary<string, string> Words() =>
        fields
            .Where(field => field.Key.StartsWith(Wording, StringComparison.Ordinal))
            .ToDictionary(
                field => field.Key[Wording.Length..],
                field => TurnLimits.Readable(field.Value.ToString().ReplaceLineEndings("\n").Trim())
            );

    public Promise? Promise() =>
        Optional("promise") is { } type && Record.Commitments.Types.Contains(type)
            ? new Promise(
                type,
                Optional("domain"),
                Optional("due") is { } due && Record.PartialDate.IsValid(due) ? due : null,
                Optional("indicator"),
                Number("target") is > 0 and var target ? target : null
            )
            : null;

    public IResult Back(string page, TextRefusal? refusal, string done)
    {
        // The language that is being worked in, and the clause, stay in view.
        var language = this["in"] is { Length: 2 } shown && shown.All(char.IsAsciiLetterLower) ? $"&in={shown}" : "";
        var anchor = this["clause"] is { Length: > 0 } clause && Guid.TryParse(clause, out var id) ? $"#c-{id}" : "";
        return refusal is null ? TypedResults.LocalRedirect($"~{page}?done={done}{language}{anchor}")
            : refusal == TextRefusal.NotFound ? TypedResults.NotFound()
            : TypedResults.LocalRedirect($"~{page}?error={refusal.Code}{Rules(refusal)}{language}{anchor}");
    }

    private static string Rules(TextRefusal refusal) =>
        refusal is TextRefusal.Guarded guarded ? $"&rules={guarded.Rules}" : "";
}
