using Entente.Node.Features.Accounts;
using Entente.Node.Features.Record;
using Entente.Node.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Entente.Node.Features.Protection;

/// <summary>The forms of the gates' page, and the case page's button that sets a message aside.</summary>
internal static class SafeguardDoors
{
    public static void MapSafeguards(this WebApplication app)
    {
        app.MapPost("/protection/doubt", DoubtAsync).RequireAuthorization(nameof(Role.Officer));
        var gates = app.MapGroup("/protection/gates").RequireAuthorization(nameof(Role.Protection)).RequireFormToken();
        gates.MapPost("/risks", RiskAsync);
        gates.MapPost("/risks/{id}/lift", LiftRiskAsync);
        gates.MapPost("/assurances", AssuranceAsync);
        gates.MapPost("/assurances/{id}/lift", LiftAssuranceAsync);
        gates.MapPost("/quarantine/{message}/lift", ReleaseAsync);
    }

    private static async Task<IResult> DoubtAsync(
        [FromForm] string message,
        [FromForm(Name = "case")] string caseId,
        HttpContext context,
        QuarantineDesk desk
    )
    {
        await desk.RaiseAsync(Officer.From(context.User), message, context.RequestAborted);
        return Results.LocalRedirect($"/cases/{Uri.EscapeDataString(caseId)}");
    }

    private static async Task<IResult> RiskAsync(
        [FromForm] string? country,
        [FromForm] string? kind,
        [FromForm] StringValues domains,
        [FromForm] string? source,
        HttpContext context,
        AssuranceBook book
    )
    {
        if (Country(country) is not { } code || Kind(kind) is not { } risk || string.IsNullOrWhiteSpace(source))
        {
            return Page("incomplete");
        }

        var row = new Risk
        {
            Country = code,
            Kind = risk,
            Domains = Domains(domains),
            Source = source.Trim(),
        };
        await book.PlaceAsync(Officer.From(context.User), row, context.RequestAborted);
        return Page("placed");
    }

    private static async Task<IResult> AssuranceAsync(
        [FromForm] string? country,
        [FromForm] string? kind,
        [FromForm] StringValues domains,
        [FromForm] string? reference,
        [FromForm] string? signatory,
        [FromForm] string? signed,
        [FromForm] string? expires,
        HttpContext context,
        AssuranceBook book
    )
    {
        if (
            Country(country) is not { } code
            || Kind(kind) is not { } risk
            || string.IsNullOrWhiteSpace(reference)
            || string.IsNullOrWhiteSpace(signatory)
            || !DateOnly.TryParseExact(signed, "yyyy-MM-dd", out _)
        )
        {
            return Page("incomplete");
        }

        var row = new Assurance
        {
            Country = code,
            Kind = risk,
            Domains = Domains(domains),
            Reference = reference.Trim(),
            Signatory = signatory.Trim(),
            SignedOn = signed!, // Parsed above.
            ExpiresOn = DateOnly.TryParseExact(expires, "yyyy-MM-dd", out _) ? expires : null,
        };
        await book.PlaceAsync(Officer.From(context.User), row, context.RequestAborted);
        return Page("placed");
    }

    private static async Task<IResult> LiftRiskAsync(string id, HttpContext context, AssuranceBook book)
    {
        await book.LiftRiskAsync(Officer.From(context.User), id, context.RequestAborted);
        return Page("lifted");
    }

    private static async Task<IResult> LiftAssuranceAsync(string id, HttpContext context, AssuranceBook book)
    {
        await book.LiftAssuranceAsync(Officer.From(context.User), id, context.RequestAborted);
        return Page("lifted");
    }

    private static async Task<IResult> ReleaseAsync(string message, HttpContext context, QuarantineDesk desk)
    {
        await desk.LiftAsync(Officer.From(context.User), message, context.RequestAborted);
        return Page("lifted");
    }

    private static string? Country(string? said) =>
        said?.Trim().ToUpperInvariant() is { Length: 2 } code && code.All(char.IsAsciiLetterUpper) ? code : null;

    private static string? Kind(string? said) => AssuranceBook.Kinds.FirstOrDefault(kind => kind == said);

    private static string Domains(StringValues said) => string.Join(',', Codes.Domains.Intersect(said));

    private static IResult Page(string said) => Results.LocalRedirect($"/protection/gates?said={said}");
}
