using Entente.Node.Features.Accounts;
using Entente.Node.Guard;
using Entente.Node.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Briefing;

internal static class BriefingRegistration
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static IServiceCollection AddBriefing(this IServiceCollection services)
    {
        services.TryAddSingleton<LabelBook>();
        services.TryAddSingleton<ExchangeSinceBook>();
        services.TryAddSingleton<FicheGathering>();
        services.TryAddSingleton<BriefingDesk>();
        services.TryAddSingleton<BriefingDocument>();
        return services;
    }

    public static void MapBriefing(this WebApplication app) =>
        app.MapGet("/briefing/{country}/briefing.docx", DocumentAsync).RequireAuthorization(AsItsPage);

    private static void AsItsPage(AuthorizationPolicyBuilder policy) =>
        policy.RequireRole(nameof(Role.Officer), nameof(Role.Supervisor), nameof(Role.Desk));

    private static async Task<IResult> DocumentAsync(
        HttpContext context,
        string country,
        BriefingDesk desk,
        BriefingDocument document,
        ExitDoor exits,
        string? @in = null,
        string? meeting = null
    )
    {
        var officer = Officer.From(context.User);
        var fiche = await desk.MakeAsync(
            officer,
            country,
            meeting is { Length: > 0 } ? meeting : null,
            @in ?? Labels.Language,
            context.RequestAborted
        );
        if (fiche is null)
        {
            return TypedResults.NotFound();
        }

        var leaving = BriefingDesk.Export(country, fiche.Rank);
        return (await exits.LeaveAsync(officer, leaving, context.RequestAborted)).Allowed
            ? TypedResults.File(document.Write(fiche), Word, $"briefing-{fiche.Language}.docx")
            : TypedResults.LocalRedirect($"/briefing/{Uri.EscapeDataString(country)}");
    }
}
