using Entente.Node.Features.Accounts;
using Entente.Node.Web.Navigation;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Entente.Node.Features.Statistics;

internal static class StatisticsRegistration
{
    public static IServiceCollection AddStatistics(this IServiceCollection services)
    {
        services.TryAddSingleton<StatisticsBook>();
        services.AddSingleton(new NavItem("nav.statistics", "/statistics", "trending-up", 35, Role.Supervisor));
        return services;
    }

    public static void MapStatistics(this WebApplication app) => app.MapStatisticsDoor();
}
