using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Entente.Node.Commands.Demo;

/// <summary>
/// A person at a node's pages without a browser: keeps cookies, follows redirects, fills the real forms with their tokens.
/// The demo plays its scenario with it and the tests use it as their visitor.
/// </summary>
internal sealed class BrowserlessClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly CookieContainer _cookies = new();
    private readonly TimeProvider _clock;

    /// <param name="node">Where the node's pages are.</param>
    /// <param name="clock">The clock that one-time codes are taken from.</param>
    /// <param name="language">Language asked for.</param>
    public BrowserlessClient(Uri node, TimeProvider? clock = null, string language = "fr")
    {
        _clock = clock ?? TimeProvider.System;
        var handler = new SocketsHttpHandler
        {
            CookieContainer = _cookies,
            UseCookies = true,
            AllowAutoRedirect = true,
        };
        _http = new HttpClient(handler) { BaseAddress = node };
        _http.DefaultRequestHeaders.Add("Accept-Language", language);
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        _http.DefaultRequestHeaders.Add("User-Agent", "entente-demo");
    }

    /// <summary>For requests that are no pages: downloads, event streams.</summary>
    public HttpClient Http => _http;

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    public Task<BrowserlessPage> GetAsync(string path, CancellationToken cancellation) =>
        PageAsync(new HttpRequestMessage(HttpMethod.Get, path), cancellation);

    /// <summary>Signs in through the forms; the page returned is the one that sign-in leads to.</summary>
    /// <exception cref="InvalidOperationException">The node refused.</exception>
    public async Task<BrowserlessPage> SignInAsync(
        string login,
        string password,
        string totpSecret,
        CancellationToken cancellation
    )
    {
        var first = await GetAsync("/sign-in", cancellation);
        var second = await SubmitAsync(
            first,
            "sign-in",
            [new("Login", login), new("Password", password)],
            cancellation
        );
        var code = await OneTimeCodes.NextAsync(totpSecret, _clock, cancellation);
        var done = await SubmitAsync(second, "code", [new("Code", code)], cancellation);
        return done.Url.AbsolutePath == "/sign-in/code"
            ? throw new InvalidOperationException($"{login} was not let in: the code was refused.")
            : done;
    }

    /// <summary>Fills and sends a form of the page, and follows where it leads.</summary>
    public Task<BrowserlessPage> SubmitAsync(
        BrowserlessPage page,
        string form,
        IReadOnlyList<KeyValuePair<string, string>> fields,
        CancellationToken cancellation,
        params (string Field, string FileName, string Type, byte[] Content)[] files
    )
    {
        var element = page.Form(form);
        var values = FormFilling.Fill(element, fields);
        var action = element.GetAttribute("action") is { Length: > 0 } a ? new Uri(page.Url, a) : page.Url;
        if (string.Equals(element.Method, "get", StringComparison.OrdinalIgnoreCase))
        {
            var query = string.Join(
                '&',
                values.Select(v => $"{Uri.EscapeDataString(v.Key)}={Uri.EscapeDataString(v.Value)}")
            );
            return GetAsync(
                new UriBuilder(action) { Query = query }
                    .Uri
                    .PathAndQuery,
                cancellation
            );
        }

        var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = Content(element, values, files) };
        return PageAsync(request, cancellation);
    }

    private static HttpContent Content(
        IHtmlFormElement form,
        IReadOnlyList<KeyValuePair<string, string>> values,
        (string Field, string FileName, string Type, byte[] Content)[] files
    )
    {
        if (form.Enctype != "multipart/form-data")
        {
            return new FormUrlEncodedContent(values);
        }

        var content = new MultipartFormDataContent();
        foreach (var (name, value) in values)
        {
            content.Add(new StringContent(value), name);
        }

        foreach (var (field, fileName, type, bytes) in files)
        {
            var part = new ByteArrayContent(bytes);
            part.Headers.ContentType = new(type);
            content.Add(part, field, fileName);
        }

        return content;
    }

    private async Task<BrowserlessPage> PageAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var sent = request;
        using var response = await _http.SendAsync(request, cancellation);
        var html = await response.Content.ReadAsStringAsync(cancellation);
        var url = response.RequestMessage?.RequestUri ?? request.RequestUri!; // Set by the client when it was sent.
        return new BrowserlessPage(url, response.StatusCode, new HtmlParser().ParseDocument(html));
    }

    public void Dispose() => _http.Dispose();
}
