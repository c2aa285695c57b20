using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Live;

/// <summary>Whom an event concerns.</summary>
internal static class LiveTopic
{
    /// <summary>Everybody who is signed in.</summary>
    public const string Node = "node";

    /// <summary>Everybody who works on cases: the others hear of none, not even by its id.</summary>
    public const string Cases = "cases";

    public static string Unit(string unit) => $"unit:{unit}";

    public static string Account(string id) => $"account:{id}";

    public static IReadOnlySet<string> Of(Officer officer) =>
        officer.Is(Role.Officer) || officer.Is(Role.Supervisor)
            ? new HashSet<string>(StringComparer.Ordinal) { Node, Cases, Unit(officer.Unit), Account(officer.Id) }
            : new HashSet<string>(StringComparer.Ordinal) { Node, Account(officer.Id) };
}
