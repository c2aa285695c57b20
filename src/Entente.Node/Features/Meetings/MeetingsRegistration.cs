using Entente.Node.Features.Accounts;
using Entente.Node.Features.Texts;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Meetings;

internal static class MeetingsRegistration
{
    public static IServiceCollection AddMeetings(this IServiceCollection services)
    {
        services.TryAddSingleton<MeetingDesk>();
        services.TryAddSingleton<MeetingPages>();
        services.TryAddSingleton<PlannedMeetings>();
        services.TryAddSingleton<Minutes>();
        services.TryAddSingleton<CalendarFeeds>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITextWatcher, MeetingInRecord>());
        services.AddSingleton(
            new NavItem("nav.meetings", "/meetings", "calendar", 41, Role.Officer, Role.Supervisor, Role.Desk)
        );
        return services;
    }

    public static void MapMeetings(this WebApplication app) => MeetingDoors.Map(app);
}
