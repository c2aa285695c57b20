using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Record;
using Entente.Node.Features.Recovery;
using Entente.Node.Web;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Commitments;

internal static class CommitmentsRegistration
{
    public static IServiceCollection AddCommitments(this IServiceCollection services)
    {
        services.TryAddSingleton<CommitmentStandings>();
        services.TryAddSingleton<CommitmentAgenda>();
        services.TryAddSingleton<ReminderBook>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<INavCount, ReminderBook>(p => p.GetRequiredService<ReminderBook>())
        );
        services.TryAddSingleton<EffortBook>();
        services.TryAddSingleton<ReportDesk>();
        services.TryAddSingleton<ServedCommitments>();
        services.AddSingleton<IReception>(p => p.GetRequiredService<ServedCommitments>());
        services.AddSingleton<IDispatchWatcher>(p => p.GetRequiredService<ServedCommitments>());
        services.AddSingleton<IForgottenSending>(p => p.GetRequiredService<ServedCommitments>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IReception, ReportReception>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IForgottenSending, ReportRecovery>());
        services.AddSingleton(
            new NavItem("nav.commitments", "/commitments", "checklist", 44, Role.Officer, Role.Supervisor, Role.Desk)
        );
        return services;
    }

    public static void MapCommitments(this WebApplication app)
    {
        var doors = app.MapGroup("/commitments").RequireAuthorization().RequireFormToken();
        doors.MapPost("/{id:guid}/report", ReportAsync).RequireAuthorization(nameof(Role.Desk));
        doors.MapPost("/{id:guid}/seen", SeenAsync);
    }

    private static async Task<IResult> SeenAsync(HttpContext context, string id, ReminderBook reminders)
    {
        var form = await RecordForm.ReadAsync(context);
        await reminders.SeenAsync(Officer.From(context.User), id, form.Cancellation);
        // Back to one of the pages that show reminders.
        var back = form["back"] is "/inbox" or "/record" ? form["back"] : "/commitments";
        return TypedResults.LocalRedirect($"~{back}");
    }

    private static async Task<IResult> ReportAsync(HttpContext context, string id, ReportDesk desk)
    {
        var form = await RecordForm.ReadAsync(context);
        int? figure = int.TryParse(
            form["figure"],
            System.Globalization.NumberStyles.None,
            System.Globalization.CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : null;
        var country = Codes.IsCountry(form["country"]) ? form["country"] : "XX";
        var refusal = await desk.ReportAsync(
            Officer.From(context.User),
            id,
            (form["state"], figure, form["note"]),
            form.Cancellation
        );
        return form.Back($"/record/{country}/commitments/{id}", refusal, "progress");
    }
}
