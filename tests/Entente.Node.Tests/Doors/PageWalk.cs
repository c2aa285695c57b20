using Entente.Node.Commands.Demo;

namespace Entente.Node.Tests.Doors;

/// <summary>Follows every link from page to page and keeps what it saw.</summary>
internal sealed class PageWalk(BrowserlessClient browser)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public List<string> Failures { get; } = [];

    public List<string> Pages { get; } = [];

    public IReadOnlyCollection<string> Seen => _seen;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task RunAsync(int most)
    {
        var next = new Queue<string>([
            "/",
            "/inbox",
            "/inbox/alerts",
            "/meetings",
            "/activities",
            "/corrections",
            "/texts",
        ]);
        while (next.TryDequeue(out var path) && _seen.Count < most)
        {
            if (!_seen.Add(path))
            {
                continue;
            }

            using var answer = await browser.Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            var body = await answer.Content.ReadAsStringAsync(Cancellation);
            if ((int)answer.StatusCode >= 500)
            {
                Failures.Add($"{(int)answer.StatusCode} {path}");
            }

            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            Pages.Add(body);
            var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(body);
            foreach (var link in page.QuerySelectorAll("a[href^='/']"))
            {
                next.Enqueue(link.GetAttribute("href")!.Split('#')[0]); // Selected by it.
            }
        }
    }
}
