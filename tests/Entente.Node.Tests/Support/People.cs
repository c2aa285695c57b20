using Entente.Node.Features.Accounts;

namespace Entente.Node.Tests.Support;

/// <summary>People of a test: each by what they are there for.</summary>
internal static class People
{
    public static Officer Protection { get; } = Of("protection", Role.Protection);

    /// <summary>Of the unit `liaison`, cleared for all but the highest.</summary>
    public static Officer Of(string login, params Role[] roles) =>
        new("u-" + login, login, login, "liaison", roles.ToHashSet(), Clearance: 2);
}
