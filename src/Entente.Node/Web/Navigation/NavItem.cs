using System.Security.Claims;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Navigation;

/// <summary>A place in the navigation. A feature adds one with `services.AddSingleton(new NavItem(…))`.</summary>
/// <param name="Icon">A name in Web/Assets/icons.txt.</param>
/// <param name="Order">Its place, and by its range the group it stands in: see <see cref="Group"/>.</param>
/// <param name="Roles">Who sees it; none means everybody, signed in or not.</param>
internal sealed record NavItem(string LabelKey, string Href, string Icon, int Order, params Role[] Roles)
{
    /// <summary>10–39 exchange, 40–59 agree, 60–69 administer, 70–89 control; from 90 the foot, with no heading.</summary>
    public NavGroup Group =>
        Order switch
        {
            < 40 => NavGroup.Exchange,
            < 60 => NavGroup.Agree,
            < 70 => NavGroup.Administer,
            < 90 => NavGroup.Control,
            _ => NavGroup.Foot,
        };

    public bool IsFor(ClaimsPrincipal user) => Roles.Length == 0 || Roles.Any(r => user.IsInRole(r.ToString()));

    public bool IsAt(PathString path) => path.StartsWithSegments(Href, StringComparison.OrdinalIgnoreCase);
}

/// <summary>What people come for; the label is `nav.group.` and the name in small letters.</summary>
internal enum NavGroup
{
    Exchange,
    Agree,
    Administer,
    Control,
    Foot,
}
