using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Node.Commands.Demo;
using Entente.Node.Tests.Support;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Exchange;

/// <summary>Files from one officer's form to the other's download.</summary>
public sealed class FilePagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Large_file_goes_from_one_officers_form_to_the_other_officers_download()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, answering) = offices;
        var film = RandomNumberGenerator.GetBytes(5 << 20);
        var page = await asking.GetAsync("/compose?to=liaison@es.interior", Cancellation);
        (string, string, string, byte[]) file = ("files", "film.mp4", "video/mp4", film);

        var checkedFirst = await asking.SubmitAsync(page, "compose", Fields("check"), Cancellation, file);
        var sent = await asking.SubmitAsync(checkedFirst, "compose", Fields("send"), Cancellation);
        var thread = sent.Url.AbsolutePath;
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");

        var arrived = await answering.GetAsync(thread, Cancellation);
        var link = arrived.Document.QuerySelector("a[download]")!.GetAttribute("href")!; // All of it is there.
        var saved = await answering.Http.GetByteArrayAsync(link, Cancellation);
        SHA256.HashData(saved).ShouldBe(SHA256.HashData(film));
        var own = await asking.Http.GetByteArrayAsync(link, Cancellation);
        SHA256.HashData(own).ShouldBe(SHA256.HashData(film));
        arrived.Text.ShouldContain("5,0 Mo");
    }

    [Fact]
    public async Task File_that_is_not_all_there_is_said_to_be_missing_and_is_not_given_out()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, answering) = offices;
        var page = await asking.GetAsync("/compose?to=liaison@es.interior", Cancellation);
        (string, string, string, byte[]) file = ("files", "film.mp4", "video/mp4", new byte[200_000]);
        var sent = await asking.SubmitAsync(page, "compose", Fields("send"), Cancellation, file);
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");
        var thread = await answering.GetAsync(sent.Url.AbsolutePath, Cancellation);
        var link = thread.Document.QuerySelector("a[download]")!.GetAttribute("href")!; // It arrived.

        Directory.Delete(Path.Combine(offices.Madrid.Home.AttachmentsFolder, offices.Rabat.Id), recursive: true);

        var after = await answering.GetAsync(sent.Url.AbsolutePath, Cancellation);
        after.Text.ShouldContain("pas encore arrivé");
        after.Document.QuerySelector("a[download]").ShouldBeNull();
        using var refused = await answering.Http.GetAsync(link, Cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task File_past_any_form_streams_in_beside_it_and_is_named_by_it()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, answering) = offices;
        var film = RandomNumberGenerator.GetBytes(40 << 20);
        var page = await asking.GetAsync("/compose?to=liaison@es.interior", Cancellation);

        using var refused = await UploadAsync(asking, page, film[..9], "application/x-msdownload");
        using var nameless = await UploadAsync(asking, null, film[..9], "video/mp4");
        using var kept = await UploadAsync(asking, page, film, "video/mp4");
        using var said = JsonDocument.Parse(await kept.Content.ReadAsStringAsync(Cancellation));
        var id = said.RootElement.GetProperty("id").GetString()!; // It was taken.
        var sent = await asking.SubmitAsync(page, "compose", [.. Fields("send"), new("file", id)], Cancellation);
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");
        var arrived = await answering.GetAsync(sent.Url.AbsolutePath, Cancellation);
        var link = arrived.Document.QuerySelector("a[download]")!.GetAttribute("href")!; // All of it is there.
        var saved = await answering.Http.GetByteArrayAsync(link, Cancellation);

        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        nameless.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        SHA256.HashData(saved).ShouldBe(SHA256.HashData(film));
    }

    /// <param name="page">Whose form's token goes with it.</param>
    private static async Task<HttpResponseMessage> UploadAsync(
        BrowserlessClient officer,
        BrowserlessPage? page,
        byte[] file,
        string type
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/drafts/files?name=film.mp4");
        request.Content = new ByteArrayContent(file);
        request.Content.Headers.ContentType = new(type);
        var token = page?.Document.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
        request.Headers.Add("RequestVerificationToken", token ?? "none");
        return await officer.Http.SendAsync(request, Cancellation);
    }
}
