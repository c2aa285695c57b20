using System.Net;
using System.Net.Sockets;
using System.Text;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Doors;

/// <summary>Requests that no browser sends: each is refused in its own words, and the next visitor is served.</summary>
public sealed class RawDoorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=b", "")]
    [InlineData(
        "multipart/form-data; boundary=b",
        "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nno end"
    )]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nno header at all\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=\"\"", "--\r\n\r\n")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7", "a=b")]
    [InlineData("application/json", "{")]
    public async Task Upload_that_is_no_form_is_refused(string type, string body)
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await desk.Http.PostAsync("/readings/receive", content, Cancellation);

        ((int)answer.StatusCode).ShouldBeInRange(400, 415);
        (await desk.GetAsync("/readings", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Form_with_too_many_fields_is_refused()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var fields = Enumerable.Range(0, 5000).Select(i => KeyValuePair.Create($"f{i}", "v"));
        using var content = new FormUrlEncodedContent(fields);

        using var answer = await desk.Http.PostAsync("/readings/receive", content, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.GetAsync("/readings", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Gibibyte_that_says_its_length_is_refused_before_it_is_read()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);

        var answer = await SayAsync(node, Upload(desk, $"Content-Length: {1L << 30}") + "--b\r\n");

        answer.ShouldStartWith("HTTP/1.1 413");
        (await desk.GetAsync("/readings", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Upload_without_end_is_cut_off()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        using var connection = await ConnectAsync(node);
        await using var stream = connection.GetStream();
        var part = "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.txt\"\r\n\r\n";
        var head = Upload(desk, "Transfer-Encoding: chunked") + $"{part.Length:x}\r\n{part}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);

        var sent = await PourAsync(stream, most: 1 << 30);

        sent.ShouldBeLessThan(128 << 20);
        (await desk.GetAsync("/readings", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(500, 10)]
    [InlineData(3, 60_000)]
    public async Task Flood_of_headers_is_refused(int headers, int length)
    {
        await using var node = await RunningNode.StartAsync();
        var flood = string.Concat(Enumerable.Range(0, headers).Select(i => $"X-{i}: {new string('a', length)}\r\n"));

        var answer = await SayAsync(node, $"GET /help HTTP/1.1\r\nHost: {node.Pages.Authority}\r\n{flood}\r\n");

        answer.ShouldStartWith("HTTP/1.1 431");
        using var visitor = node.Visitor();
        (await visitor.GetAsync("/help", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("lang=xx")]
    [InlineData("lang=")]
    [InlineData("lang=fr&lang=ar")]
    [InlineData("lang=%00")]
    [InlineData("lang=../../etc")]
    public async Task Language_that_is_none_of_ours_leaves_the_page_readable(string query)
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();

        var page = await visitor.GetAsync($"/help?{query}", Cancellation);

        ((int)page.Status).ShouldBeLessThan(500);
        page.Document.QuerySelector("h1").ShouldNotBeNull();
    }

    private static string Upload(BrowserlessClient desk, string length) =>
        $"POST /readings/receive HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{length}\r\n"
        + $"Cookie: {string.Join("; ", desk.Cookies.Select(c => $"{c.Name}={c.Value}"))}\r\n"
        + "Content-Type: multipart/form-data; boundary=b\r\n\r\n";

    private static async Task<TcpClient> ConnectAsync(RunningNode node)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(node.Pages.Host, node.Pages.Port, Cancellation);
        return connection;
    }

    private static async Task<string> SayAsync(RunningNode node, string request)
    {
        using var connection = await ConnectAsync(node);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadLineAsync(Cancellation) ?? "";
    }

    /// <summary>Chunk after chunk until the node hangs up; how many bytes it let in.</summary>
    private static async Task<long> PourAsync(NetworkStream stream, long most)
    {
        var chunk = Encoding.ASCII.GetBytes($"{1 << 20:x}\r\n{new string('a', 1 << 20)}\r\n");
        var sent = 0L;
        try
        {
            for (; sent < most; sent += chunk.Length)
            {
                await stream.WriteAsync(chunk, Cancellation);
            }
        }
        catch (IOException)
        {
            // Hung up: what the test waits for.
        }

        return sent;
    }
}
