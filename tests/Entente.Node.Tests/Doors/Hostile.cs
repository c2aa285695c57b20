using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Entente.Node.Tests.Doors;

/// <summary>What somebody who means no good writes where an id, a page key or a word is expected.</summary>
internal static class Hostile
{
    /// <summary>As they stand in an address.</summary>
    public static IReadOnlyList<string> InAddress { get; } =
    [
        "%00",
        "a%00b",
        "abc",
        "-1",
        "99999999999999999999",
        "9223372036854775807",
        "00000000-0000-0000-0000-000000000000",
        "..%2f..%2fetc%2fpasswd",
        "%27%20OR%201=1--",
        "%ff%fe",
        "%ED%A0%80",
        "%F0%9F%92%A3",
        "~",
        "~~.~",
        "9999999999999999.x",
        "x%0d%0aSet-Cookie:a=b",
        "%25",
        "%7B0%7D",
        new('a', 3000),
    ];

    /// <summary>As they stand in a form.</summary>
    public static IReadOnlyList<string> InForm { get; } =
    ["a\0b", "99999999999999999999", "\ud800", "' OR 1=1-- {0}%s", new('x', 100_000)];

    private static readonly string[] Names =
    [
        "action",
        "actor",
        "after",
        "batch",
        "before",
        "case",
        "date",
        "done",
        "edit",
        "error",
        "forward",
        "from",
        "lang",
        "link",
        "object",
        "partner",
        "q",
        "request",
        "return",
        "said",
        "show",
        "state",
        "title",
        "to",
        "urgency",
        "value",
        "wording",
    ];

    /// <summary>Every parameter that any page reads, with this value.</summary>
    public static string Query(string value) => string.Join('&', Names.Select(name => $"{name}={value}"));

    /// <summary>The endpoint's address with the value in each of its places.</summary>
    public static string Path(RouteEndpoint door, string value) =>
        "/"
        + string.Join(
            '/',
            door.RoutePattern.PathSegments.Select(s => s.Parts[0] is RoutePatternParameterPart ? value : Literal(s))
        );

    private static string Literal(RoutePatternPathSegment segment) =>
        string.Concat(segment.Parts.OfType<RoutePatternLiteralPart>().Select(p => p.Content));
}
