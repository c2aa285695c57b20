using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Readings;
using Entente.Node.Tests.Support;
using Microsoft.AspNetCore.Routing;

namespace Entente.Node.Tests.Doors;

/// <summary>Somebody signed in who tries every door with everything, and notes which of them fail.</summary>
internal sealed class Intruder(RunningNode node, BrowserlessClient browser)
{
    private readonly List<string> _failures = [];

    /// <summary>What was answered with a status of 500 or more: where, and with what.</summary>
    public IReadOnlyList<string> Failures => _failures;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The doors of pages: the sign-out would end the visit, and the error page says what it is asked to.</summary>
    public IEnumerable<RouteEndpoint> Doors =>
        node
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText is not ("/sign-out" or "/error/{code:int}"));

    public async Task OpenAsync(RouteEndpoint door, string value)
    {
        var path = Hostile.Path(door, value);
        var methods = door.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"];
        if (methods.Contains("GET"))
        {
            await SendAsync(HttpMethod.Get, path, null);
            await SendAsync(HttpMethod.Get, $"{path}?{Hostile.Query(value)}", null);
        }

        if (methods.Contains("POST"))
        {
            var token = await TokenAsync();
            using var form = new FormUrlEncodedContent([
                new("__RequestVerificationToken", token),
                new("_handler", "x"),
            ]);
            await SendAsync(HttpMethod.Post, path, form);
        }
    }

    /// <summary>Walks from page to page by their links and sends every form with the value in every field.</summary>
    public async Task WalkAsync(int most, string value)
    {
        var (seen, next) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(["/"]));
        while (next.TryDequeue(out var path) && seen.Count < most)
        {
            if (!seen.Add(path) || path.StartsWith("/account", StringComparison.Ordinal))
            {
                continue; // Its own account would be closed or locked.
            }

            var page = await browser.GetAsync(path, Cancellation);
            Note($"GET {path}", page.Status, value);
            foreach (var link in page.Document.QuerySelectorAll("a[href^='/']"))
            {
                next.Enqueue(link.GetAttribute("href")!.Split('#')[0]); // Selected by it.
            }

            await FillAsync(page, value);
        }
    }

    private async Task FillAsync(BrowserlessPage page, string value)
    {
        foreach (
            var form in page.Document.Forms.Where(f => f.GetAttribute("action") is not ("/sign-out" or "/preferences"))
        )
        {
            var handler = form.QuerySelector("input[name=_handler]")?.GetAttribute("value");
            var names = form
                .Elements.Select(e => e.GetAttribute("name"))
                .Where(n => n is { Length: > 0 } and not ("_handler" or "__RequestVerificationToken"))
                .Distinct();
            var fields = names.Select(n => KeyValuePair.Create(n!, value)).ToList(); // Empty ones left out above.
            if (handler is not null || form.GetAttribute("action") is not null)
            {
                var answer = await browser.SubmitAsync(
                    page,
                    handler ?? form.GetAttribute("action")!,
                    fields,
                    Cancellation
                );
                Note($"form {handler ?? form.GetAttribute("action")} of {page.Url.AbsolutePath}", answer.Status, value);
            }
        }
    }

    private async Task<string> TokenAsync()
    {
        var page = await browser.GetAsync("/help", Cancellation);
        return page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // Every page has it.
    }

    private async Task SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await browser.Http.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            Cancellation
        );
        Note($"{method} {path}", answer.StatusCode, "");
    }

    private void Note(string what, HttpStatusCode status, string value)
    {
        if ((int)status >= 500)
        {
            _failures.Add($"{(int)status} {what[..Math.Min(what.Length, 120)]} {value[..Math.Min(value.Length, 10)]}");
        }
    }

    /// <summary>A node with a meeting on record, a link and a case: every kind of page has something to show.</summary>
    public static async Task<RunningNode> FurnishedAsync(string engine, AbsentPartner partner)
    {
        var node = await RunningNode.StartAsync(engine: engine);
        await node.Services.LinkAsync(await partner.CardAsync(), Bureau.Terms);
        await Bureau.RecordAsync(node.Database, "ES");
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var readings = await desk.GetAsync("/readings", Cancellation);
        var draft = await desk.SubmitAsync(readings, "/readings/receive", [new("text", Texts.Finland)], Cancellation);
        await desk.SubmitAsync(draft, "accept", [], Cancellation);
        var officer = new Officer("u", "officier", "Officier", "liaison", new HashSet<Role> { Role.Officer }, 1);
        await node.Services.GetRequiredService<RequestDesk>().SendAsync(officer, Drafts.Request(), Cancellation);
        return node;
    }
}
