using Entente.Node.Features.Accounts;
using Entente.Node.Web;

namespace Entente.Node.Features.Links;

/// <summary>The forms about a link's terms that go to the partner.</summary>
internal static class TermsDoors
{
    public static void MapTerms(this WebApplication app)
    {
        var terms = app.MapGroup("/links/{partner}/terms")
            .RequireAuthorization(nameof(Role.Security))
            .RequireFormToken();
        terms.MapPost("", ProposeAsync);
        terms.MapPost("/{proposal}/adopt", AdoptAsync);
    }

    private static async Task<IResult> ProposeAsync(
        string partner,
        HttpContext context,
        TermsDesk desk,
        LinkTerms terms
    )
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var ceiling = int.TryParse(form["Ceiling"], out var rank) ? Math.Clamp(rank, 0, LinkTerms.HighestRank) : 1;
        var data = form["Data"].OfType<string>().ToHashSet(StringComparer.Ordinal);
        var settings = terms.Of(
            ceiling,
            form["Domains"].OfType<string>(),
            form["Kinds"].OfType<string>(),
            form["Profile"]
        ) with
        {
            DataCategories = data.Count == 0 ? null : data,
            Equivalences = TermsText.Read(form),
        };
        var error = await desk.ProposeAsync(Officer.From(context.User), partner, settings, context.RequestAborted);
        return Page(partner, error is null ? "proposed" : "not-proposed");
    }

    private static async Task<IResult> AdoptAsync(string partner, string proposal, HttpContext context, TermsDesk desk)
    {
        var error = await desk.AdoptAsync(Officer.From(context.User), partner, proposal, context.RequestAborted);
        return Page(partner, error is null ? "adopted" : "not-adopted");
    }

    private static IResult Page(string partner, string done) =>
        Results.LocalRedirect($"/links/{Uri.EscapeDataString(partner)}?done={done}");
}
