using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Navigation;

internal static class NavigationRegistration
{
    public static IServiceCollection AddNavigation(this IServiceCollection services) =>
        services
            .AddSingleton(new NavItem("nav.inbox", "/inbox", "inbox", 10, Role.Officer, Role.Supervisor))
            .AddSingleton(new NavItem("nav.cases", "/cases", "folders", 20, Role.Officer, Role.Supervisor))
            .AddSingleton(new NavItem("nav.compose", "/compose", "edit", 30, Role.Officer))
            .AddSingleton(
                new NavItem("nav.record", "/record", "building-bank", 40, Role.Officer, Role.Supervisor, Role.Desk)
            )
            .AddSingleton(new NavItem("nav.approvals", "/approvals", "checks", 79, Enum.GetValues<Role>()))
            .AddSingleton(new NavItem("nav.protection", "/protection/persons", "shield-lock", 75, Role.Protection))
            .AddSingleton(new NavItem("nav.readings", "/readings", "file-search", 50, Role.Desk))
            .AddSingleton(new NavItem("nav.links", "/links", "affiliate", 60, Role.Security))
            .AddSingleton(
                new NavItem("nav.ledger", "/ledger", "list-check", 70, Role.Auditor, Role.Protection, Role.Supervisor)
            )
            .AddSingleton(new NavItem("nav.administration", "/administration", "settings", 65, Role.Security))
            .AddSingleton(new NavItem("nav.rules", "/rules", "scale", 91))
            .AddSingleton(new NavItem("nav.help", "/help", "help-circle", 95));
}
