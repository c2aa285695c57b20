using System.Net;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Web;

public sealed class AssetsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task Stylesheet_comes_compressed_as_the_browser_asks_and_is_kept(string? encoding)
    {
        await using var node = await RunningNode.StartAsync();
        var address = node.Services.GetRequiredService<AssetFiles>().Address("app.css");
        using var client = new HttpClient { BaseAddress = node.Pages };
        if (encoding is not null)
        {
            client.DefaultRequestHeaders.Add("Accept-Encoding", encoding);
        }

        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/css"); // A body has a type.
        answer.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
    }

    [Theory]
    [InlineData("/assets/assets.json")]
    [InlineData("/assets/none.css")]
    [InlineData("/assets/..%2f..%2fappsettings.json")]
    public async Task What_is_no_asset_is_not_found(string path)
    {
        await using var node = await RunningNode.StartAsync();
        using var client = new HttpClient { BaseAddress = node.Pages };

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
