using System.IO.Compression;
using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Node.Web;

namespace Entente.Node.Tests.Transfers;

public sealed class TransferPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Officer_opens_the_file_from_the_case_and_takes_it_away_as_a_document()
    {
        await using var offices = await TwoOffices.OpenAsync();
        var officer = offices.Asking;
        var caseId = await Offices.AskAsync(officer);
        await Offices.UntilAsync(officer, $"/cases/{caseId}", "Dossier de transmission");

        var thread = await officer.GetAsync($"/cases/{caseId}", Cancellation);
        var href = thread.Document.QuerySelector("a[href^='/transfers/']")!.GetAttribute("href")!; // It was delivered.
        var file = await officer.GetAsync(href, Cancellation);

        file.Text.ShouldContain("Enquête inventée");
        file.Text.ShouldContain("Agreement of the example");
        using var document = new ZipArchive(
            new MemoryStream(await officer.Http.GetByteArrayAsync($"{href}/word", Cancellation))
        );
        document.Entries.ShouldContain(entry => entry.FullName == "word/document.xml");
        (await officer.GetAsync("/transfers", Cancellation)).Status.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Pages_open_in_every_language()
    {
        await using var node = await RunningNode.StartAsync();
        using var auditor = await node.SignedInAsync("auditeur", Role.Auditor);

        foreach (var language in LabelBook.Languages)
        {
            foreach (var path in (string[])["/transfers", "/transfers/processing"])
            {
                var page = await auditor.GetAsync($"{path}?lang={language}", Cancellation);
                page.Status.ShouldBe(HttpStatusCode.OK);
                page.Text.ShouldNotContain("[transfers.");
                page.Text.ShouldNotContain("[retention.");
            }
        }
    }
}
