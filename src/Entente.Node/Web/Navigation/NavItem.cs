using System.Security.Claims;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Navigation;

/// <summary>A place in the navigation. A feature adds one with `services.AddSingleton(new NavItem(…))`.</summary>
/// <param name="Icon">A name in Web/Assets/icons.txt.</param>
/// <param name="Roles">Who sees it; none means everybody, signed in or not.</param>
internal sealed record NavItem(string LabelKey, string Href, string Icon, int Order, params Role[] Roles)
{
    public bool IsFor(ClaimsPrincipal user) => Roles.Length == 0 || Roles.Any(r => user.IsInRole(r.ToString()));

    public bool IsAt(PathString path) => path.StartsWithSegments(Href, StringComparison.OrdinalIgnoreCase);
}
