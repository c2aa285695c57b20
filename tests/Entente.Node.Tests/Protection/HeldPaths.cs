using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Tests.Protection;

/// <summary>
/// The addresses of a node that answer to GET, read from the running program: a page that is added tomorrow is among them.
/// </summary>
internal static partial class HeldPaths
{
    /// <summary>What never ends, what signs out or in, and files that are the same for everybody.</summary>
    private static readonly string[] Without =
    [
        "/live",
        "/sign-",
        "/assets",
        "/_",
        "/account/passkeys",
        "/favicon",
        "/links/card",
    ];

    public static IReadOnlyList<string> All(IServiceProvider node, string login, string caseId, string message)
    {
        var endpoints = node.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        var patterns = endpoints
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") ?? false)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')) // Every route of ours has its text.
            .Where(path => !path.Contains("{*", StringComparison.Ordinal))
            .Where(path => !Without.Any(beginning => path.StartsWith(beginning, StringComparison.Ordinal)))
            .Distinct()
            .Order(StringComparer.Ordinal);
        return [.. patterns.SelectMany(pattern => Filled(pattern, login, caseId, message))];
    }

    private static IEnumerable<string> Filled(string pattern, string login, string caseId, string message) =>
        pattern.StartsWith("/ledger/{", StringComparison.Ordinal)
            ? Enumerable.Range(0, 30).Select(index => $"/ledger/{index}")
            : [Parameter().Replace(pattern, of => Value(pattern, of.Groups[1].Value, login, caseId, message))];

    private static string Value(string pattern, string name, string login, string caseId, string message) =>
        name.ToLowerInvariant() switch
        {
            "partner" => "ma.interieur",
            "country" => "MA",
            "login" => login,
            "year" => "2026",
            "index" or "code" => "0",
            "messageid" or "message" or "one" => message,
            "id" when pattern.StartsWith("/transfers", StringComparison.Ordinal) => message,
            "id" when pattern.StartsWith("/corrections", StringComparison.Ordinal) => message,
            _ => caseId,
        };

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();
}
