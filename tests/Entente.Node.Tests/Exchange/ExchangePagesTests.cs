using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

/// <summary>Two whole nodes on loopback, and two officers who only use pages.</summary>
public sealed class ExchangePagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Officers_ask_see_take_and_answer_through_their_pages()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        await using var madrid = await TestNode.StartAsync("es.interior");
        await LinkAsync(rabat, madrid);
        using var asking = await SignedInAsync(rabat);
        using var answering = await SignedInAsync(madrid);

        var caseId = await AskAsync(asking);
        await UntilAsync(asking, $"/cases/{caseId}", "Remis");
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");
        var seen = await answering.GetAsync($"/cases/{caseId}", Cancellation);
        await UntilStateAsync(rabat, "seen");
        await answering.SubmitAsync(seen, "take", [], Cancellation);
        await UntilStateAsync(rabat, "taken");
        await AnswerAsync(answering, caseId);
        await UntilStateAsync(rabat, "answered");

        var thread = await asking.GetAsync($"/cases/{caseId}", Cancellation);
        thread.Text.ShouldContain("À une société inventée");
        thread.Text.ShouldContain("Information fournie");
        var file = thread.Document.QuerySelector("a[download]")!.GetAttribute("href")!; // The request's attachment.
        (await asking.GetAsync(file, Cancellation)).Text.ShouldContain("pièce jointe");
    }

    [Fact]
    public async Task Sender_downloads_evidence_and_receiver_of_an_H1_request_is_told_whom_to_ask()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        await using var madrid = await TestNode.StartAsync("es.interior");
        await LinkAsync(rabat, madrid);
        using var asking = await SignedInAsync(rabat);
        using var answering = await SignedInAsync(madrid);
        var caseId = await AskAsync(asking);
        string? path = null;
        await TestNode.WaitUntilAsync(async () =>
        {
            var thread = await asking.GetAsync($"/cases/{caseId}", Cancellation);
            path = thread.Document.QuerySelector("a[href*='/evidence/']")?.GetAttribute("href");
            return path is not null; // It is delivered.
        });

        var page = await asking.GetAsync(path!, Cancellation);
        var file = await asking.SubmitAsync(page, path!, [], Cancellation);
        var theirs = await answering.GetAsync(path!, Cancellation);

        var evidence = Entente.Protocol.Evidence.Parse(System.Text.Encoding.UTF8.GetBytes(file.Text)).Required();
        evidence.IsComplete.ShouldBeTrue();
        evidence.Verify().ShouldAllBe(check => check.Holds);
        theirs.Text.ShouldContain("Demander à ma.interieur l’autorisation de produire ce message en justice.");
        theirs.Text.ShouldNotContain("Établir et télécharger");
        theirs.Text.ShouldNotContain("[evidence.");
    }

    [Fact]
    public async Task Large_file_goes_from_one_officers_form_to_the_other_officers_download()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        await using var madrid = await TestNode.StartAsync("es.interior");
        await LinkAsync(rabat, madrid);
        using var asking = await SignedInAsync(rabat);
        using var answering = await SignedInAsync(madrid);
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
    public async Task File_past_any_form_streams_in_beside_it_and_is_named_by_it()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        await using var madrid = await TestNode.StartAsync("es.interior");
        await LinkAsync(rabat, madrid);
        using var asking = await SignedInAsync(rabat);
        using var answering = await SignedInAsync(madrid);
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

    [Fact]
    public async Task File_that_is_not_all_there_is_said_to_be_missing_and_is_not_given_out()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        await using var madrid = await TestNode.StartAsync("es.interior");
        await LinkAsync(rabat, madrid);
        using var asking = await SignedInAsync(rabat);
        using var answering = await SignedInAsync(madrid);
        var page = await asking.GetAsync("/compose?to=liaison@es.interior", Cancellation);
        (string, string, string, byte[]) file = ("files", "film.mp4", "video/mp4", new byte[200_000]);
        var sent = await asking.SubmitAsync(page, "compose", Fields("send"), Cancellation, file);
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");
        var thread = await answering.GetAsync(sent.Url.AbsolutePath, Cancellation);
        var link = thread.Document.QuerySelector("a[download]")!.GetAttribute("href")!; // It arrived.

        Directory.Delete(Path.Combine(madrid.Home.AttachmentsFolder, rabat.Id), recursive: true);

        var after = await answering.GetAsync(sent.Url.AbsolutePath, Cancellation);
        after.Text.ShouldContain("pas encore arrivé");
        after.Document.QuerySelector("a[download]").ShouldBeNull();
        using var refused = await answering.Http.GetAsync(link, Cancellation);
        refused.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Refusal_is_explained_on_the_page_and_the_draft_and_its_file_are_kept()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        await using var madrid = await TestNode.StartAsync("es.interior");
        await LinkAsync(rabat, madrid);
        using var officer = await SignedInAsync(rabat);
        var page = await officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);

        var refused = await SubmitAsync(
            officer,
            page,
            [.. Fields("send").Where(f => f.Key != "basis"), new("rank", "3")]
        );

        refused.Document.QuerySelector("#guard")!.TextContent.ShouldContain("Plafond de classification"); // Refused.
        refused.Text.ShouldContain("Aucune base légale");
        refused.Document.QuerySelector("#subject")!.GetAttribute("value").ShouldBe("Essai de bout en bout");
        refused.Text.ShouldContain("note.txt");
        (
            await rabat.Messages.ListAsync(Features.Delivery.MessageDirection.Out, null, 10, Cancellation)
        ).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/inbox")]
    [InlineData("/outbox")]
    [InlineData("/cases")]
    [InlineData("/compose")]
    public async Task Pages_open_in_every_language_without_a_missing_label(string path)
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        using var officer = await SignedInAsync(rabat);

        foreach (var language in Entente.Node.Web.LabelBook.Languages)
        {
            (await officer.GetAsync($"{path}?lang={language}", Cancellation)).Text.ShouldNotContain("[exchange.");
        }
    }

    [Fact]
    public async Task Case_that_is_not_there_or_not_mine_is_not_found()
    {
        await using var rabat = await TestNode.StartAsync("ma.interieur");
        using var officer = await SignedInAsync(rabat);

        var page = await officer.GetAsync("/cases/0197e000-0000-7000-8000-000000000009", Cancellation);

        page.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static async Task<string> AskAsync(BrowserlessClient officer)
    {
        var page = await officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);
        var sent = await SubmitAsync(officer, page, Fields("send"));
        sent.Url.AbsolutePath.ShouldStartWith("/cases/", customMessage: sent.Text);
        return sent.Url.AbsolutePath["/cases/".Length..];
    }

    private static Task<BrowserlessPage> SubmitAsync(
        BrowserlessClient officer,
        BrowserlessPage page,
        IReadOnlyList<KeyValuePair<string, string>> fields
    ) =>
        officer.SubmitAsync(
            page,
            "compose",
            fields,
            Cancellation,
            ("files", "note.txt", "text/plain", "pièce jointe"u8.ToArray())
        );

    private static IReadOnlyList<KeyValuePair<string, string>> Fields(string action) =>
        [
            new("action", action),
            new("subject", "Essai de bout en bout"),
            new("domain", "drug-trafficking"),
            new("urgency", "other"),
            new("basis", Bureau.AgreementWith("ES")),
            new("purpose", "Enquête inventée"),
            new("justification", "Faits inventés"),
            new("availability", "Immatriculé là-bas"),
            new("questions", "À qui appartient-il ?\nOù est-il ?"),
            new("subject.0.type", "vehicle"),
            new("subject.0.name", "TEST-0042"),
            new("subject-link", "Il a servi au transport"),
            new("handling", "H1"),
        ];

    private static async Task AnswerAsync(BrowserlessClient officer, string caseId)
    {
        var page = await officer.GetAsync($"/cases/{caseId}/answer", Cancellation);
        var sent = await officer.SubmitAsync(
            page,
            "answer",
            [
                new("action", "send"),
                new("outcome", "provided"),
                new("answer.1", "À une société inventée"),
                new("reliability", "B"),
                new("accuracy", "2"),
                new("handling", "H2"),
            ],
            Cancellation
        );
        sent.Url.AbsolutePath.ShouldBe($"/cases/{caseId}", sent.Text);
    }

    private static Task UntilAsync(BrowserlessClient officer, string path, string words) =>
        TestNode.WaitUntilAsync(async () =>
            (await officer.GetAsync(path, Cancellation)).Text.Contains(words, StringComparison.Ordinal)
        );

    private static Task UntilStateAsync(TestNode node, string state)
    {
        const string sql = "SELECT state FROM request";
        return TestNode.WaitUntilAsync(async () =>
            await node.Database.ReadAsync(c => c.OneAsync<string>(sql, null, Cancellation), Cancellation) == state
        );
    }

    private static async Task LinkAsync(TestNode rabat, TestNode madrid)
    {
        await rabat.Services.LinkAsync(await madrid.Services.CardAsync(), Bureau.Terms);
        await madrid.Services.LinkAsync(await rabat.Services.CardAsync(), Bureau.Terms);
        await Bureau.RecordAsync(rabat.Database, "ES");
    }

    private static async Task<BrowserlessClient> SignedInAsync(TestNode node)
    {
        var units = node.Services.GetRequiredService<UnitBook>();
        var desk = node.Services.GetRequiredService<AccountDesk>();
        var unit = new Unit
        {
            Slug = "liaison",
            Names = new Dictionary<string, string> { ["fr"] = "Liaison" },
        };
        var account = new NewAccount
        {
            By = Officer.NodeActor,
            Login = "officier",
            Name = "Officier d’essai",
            Unit = "liaison",
            Roles = [Role.Officer],
            Clearance = 3,
            MustChangePassword = false,
            EnrolTotp = true,
        };
        await node.Database.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation), Cancellation);
        var opened = await node.Database.WriteAsync(t => desk.CreateAsync(t, account, Cancellation), Cancellation);
        var client = new BrowserlessClient(new Uri(node.Options.Pages), TimeProvider.System, "fr");
        await client.SignInAsync("officier", opened.Password, opened.TotpSecret!, Cancellation); // Enrolled above.
        return client;
    }
}
