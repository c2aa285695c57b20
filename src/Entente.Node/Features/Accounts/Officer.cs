using System.Globalization;
using System.Security.Claims;

namespace Entente.Node.Features.Accounts;

/// <summary>The person acting, as the guard and the ledger know them.</summary>
/// <param name="Clearance">Highest classification rank they may see: 0 unclassified, 1 restricted, 2 confidential, 3 secret, 4 top secret.</param>
public sealed record Officer(string Id, string Login, string Name, string Unit, IReadOnlySet<Role> Roles, int Clearance)
{
    /// <summary>The node acting by itself: courier, timers.</summary>
    public const string NodeActor = "node";

    public const string UnitClaim = "entente:unit";
    public const string NameClaim = "entente:name";
    public const string ClearanceClaim = "entente:clearance";

    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>Reads the claims that sign-in wrote. The caller has checked that somebody is signed in.</summary>
    public static Officer From(ClaimsPrincipal principal) =>
        new(
            principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
            principal.Identity?.Name ?? "",
            principal.FindFirstValue(NameClaim) ?? "",
            principal.FindFirstValue(UnitClaim) ?? "",
            principal.FindAll(ClaimTypes.Role).Select(c => Enum.Parse<Role>(c.Value)).ToHashSet(),
            int.Parse(principal.FindFirstValue(ClearanceClaim) ?? "0", CultureInfo.InvariantCulture)
        );
}
