using Entente.Node.Features.Accounts;

namespace Entente.Node.Web.Live;

/// <summary>Whom an event concerns.</summary>
internal static class LiveTopic
{
    /// <summary>Everybody who is signed in.</summary>
    public const string Node = "node";

    public static string Unit(string unit) => $"unit:{unit}";

    public static string Account(string id) => $"account:{id}";

    public static IReadOnlySet<string> Of(Officer officer) =>
        new HashSet<string>(StringComparer.Ordinal) { Node, Unit(officer.Unit), Account(officer.Id) };
}
