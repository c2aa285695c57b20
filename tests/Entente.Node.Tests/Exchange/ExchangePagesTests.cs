using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using static Entente.Node.Tests.Exchange.Offices;

namespace Entente.Node.Tests.Exchange;

/// <summary>Two whole nodes on loopback, and two officers who only use pages.</summary>
public sealed class ExchangePagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Officers_ask_see_take_and_answer_through_their_pages()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var (asking, answering) = offices;

        var caseId = await AskAsync(asking);
        await UntilAsync(asking, $"/cases/{caseId}", "Remis");
        await UntilAsync(answering, "/inbox", "Essai de bout en bout");
        var seen = await answering.GetAsync($"/cases/{caseId}", Cancellation);
        await UntilStateAsync(offices.Rabat, "seen");
        await answering.SubmitAsync(seen, "take", [], Cancellation);
        await UntilStateAsync(offices.Rabat, "taken");
        await AnswerAsync(answering, caseId);
        await UntilStateAsync(offices.Rabat, "answered");

        var thread = await asking.GetAsync($"/cases/{caseId}", Cancellation);
        thread.Text.ShouldContain("À une société inventée");
        thread.Text.ShouldContain("Information fournie");
        thread
            .Document.QuerySelector(".print-mark .classification")
            .ShouldNotBeNull("paper bears the marking on each sheet");
        var file = thread.Document.QuerySelector("a[download]")!.GetAttribute("href")!; // The request's attachment.
        (await asking.GetAsync(file, Cancellation)).Text.ShouldContain("pièce jointe");
    }

    [Fact]
    public async Task Refusal_is_explained_on_the_page_and_the_draft_and_its_file_are_kept()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var officer = offices.Asking;
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
            await offices.Rabat.Database.MessagesAsync(Features.Delivery.MessageDirection.Out, Cancellation)
        ).ShouldBeEmpty();
    }

    [Fact]
    public async Task Second_person_reads_the_whole_message_that_waits_and_whom_it_names()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var officer = offices.Asking;
        var page = await officer.GetAsync("/compose?to=liaison@es.interior", Cancellation);

        var waiting = await SubmitAsync(
            officer,
            page,
            [
                .. Fields("send").Where(f => !f.Key.StartsWith("subject.", StringComparison.Ordinal)),
                new("subject.0.type", "person"),
                new("subject.0.name", "Exemple Inventé"),
                new("subject.0.category", "victim"),
                new("subject.0.minor", "true"),
                new("approval-reason", "Motif inventé"),
            ]
        );

        waiting.Url.AbsolutePath.ShouldStartWith("/approvals/", customMessage: waiting.Text);
        waiting.Text.ShouldContain("À qui appartient-il ?");
        waiting.Text.ShouldContain("Immatriculé là-bas");
        waiting
            .Document.QuerySelectorAll("li .badge")
            .Select(b => b.TextContent)
            .ShouldBe(["Victime, ou personne qui pourrait l’être", "Mineur"]);
        waiting.Text.ShouldContain("note.txt");
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

    private static Task UntilStateAsync(TestNode node, string state)
    {
        const string sql = "SELECT state FROM request";
        return TestNode.WaitUntilAsync(async () =>
            await node.Database.ReadAsync(c => c.OneAsync<string>(sql, null, Cancellation), Cancellation) == state
        );
    }
}
