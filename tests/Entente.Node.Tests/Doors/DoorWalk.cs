using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Tests.Doors;

/// <summary>Knocks at every door of a running node and says who was let in: to a page, to a fault of the form, or to nothing.</summary>
internal sealed partial class DoorWalk(RunningNode node)
{
    // Asked by itself, it would end the visit; and the live stream ends with its reader.
    private static readonly string[] Elsewhere = ["/sign-out", "/error/{code:int}"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Method and address of every door, with the endpoint behind it.</summary>
    public IReadOnlyList<(string Method, string Route, RouteEndpoint Door)> Doors =>
        [
            .. node
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .SelectMany(door =>
                    (door.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                        (method, "/" + door.RoutePattern.RawText!.TrimStart('/'), door) // Every route of ours has its text.
                    )
                )
                .Where(door =>
                    !Elsewhere.Contains(door.Item2) && !door.Item2.StartsWith("/_", StringComparison.Ordinal)
                )
                .OrderBy(door => door.Item2, StringComparer.Ordinal)
                .ThenBy(door => door.method, StringComparer.Ordinal),
        ];

    /// <summary>A line a door: who may.</summary>
    public async Task<string> TableAsync()
    {
        var visitors = new List<(string Name, BrowserlessClient Client)> { ("stranger", node.Visitor()) };
        foreach (var role in Enum.GetValues<Role>())
        {
            var login = role.ToString().ToLowerInvariant();
            visitors.Add((login, await node.SignedInAsync(login, role)));
        }

        var table = new StringBuilder();
        foreach (var (method, route, _) in Doors)
        {
            var may = new List<string>();
            foreach (var (name, client) in visitors)
            {
                if (await IsOpenAsync(client, method, route))
                {
                    may.Add(name);
                }
            }

            table.Append(method).Append(' ').Append(route).Append(": ").Append(Who(may)).Append('\n');
        }

        visitors.ForEach(visitor => visitor.Client.Dispose());
        return table.ToString();
    }

    /// <summary>Doors that do what a form says without the form's token.</summary>
    public async Task<IReadOnlyList<string>> TokenlessAsync(BrowserlessClient client)
    {
        var open = new List<string>();
        foreach (var (method, route, door) in Doors.Where(door => door.Method == "POST"))
        {
            using var form = new FormUrlEncodedContent(Fields(door).Append(new("_handler", "x")));
            using var request = new HttpRequestMessage(HttpMethod.Post, Filled(route)) { Content = form };
            using var answer = await client.Http.SendAsync(request, Cancellation);
            if (answer.StatusCode != HttpStatusCode.BadRequest)
            {
                open.Add($"{(int)answer.StatusCode} {method} {route}");
            }
        }

        return open;
    }

    private static string Who(List<string> may) =>
        may.Contains("stranger") ? "anybody"
        : may.Count == Enum.GetValues<Role>().Length ? "all who are signed in"
        : string.Join(", ", may);

    private static async Task<bool> IsOpenAsync(BrowserlessClient client, string method, string route)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), Filled(route));
        request.Headers.Add("Accept", "text/html");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var answer = await client.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        await stop.CancelAsync(); // What never ends is left at once.
        var sentAway = answer.RequestMessage?.RequestUri?.PathAndQuery.StartsWith(
            "/sign-in?return=",
            StringComparison.Ordinal
        );
        return sentAway != true && answer.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
    }

    /// <summary>A value in every field that the endpoint reads from a form, so that nothing but the token is missing.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Fields(RouteEndpoint door) =>
        door
            .Metadata.OfType<IParameterBindingMetadata>()
            .Select(parameter => (parameter.Name, parameter.ParameterInfo.GetCustomAttribute<FromFormAttribute>()))
            .Where(parameter => parameter.Item2 is not null)
            .Select(parameter => KeyValuePair.Create(parameter.Item2!.Name ?? parameter.Name, "1")); // Filtered above.

    private static string Filled(string route) => Parameter().Replace(route, of => Value(of.Value));

    private static string Value(string parameter) =>
        parameter.Contains(":int", StringComparison.Ordinal) || parameter.Contains(":long", StringComparison.Ordinal)
            ? "2026"
        : parameter.Contains("country", StringComparison.Ordinal) ? "ES"
        : "0197e000-0000-7000-8000-0000000000ff";

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
