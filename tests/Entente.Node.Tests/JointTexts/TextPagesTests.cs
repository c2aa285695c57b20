using System.Net;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Texts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.JointTexts;

public sealed class TextPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_draft_is_written_compared_and_discarded_on_its_page()
    {
        await using var node = await LinkedAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var page = await OpenAsync(desk);
        var form = page.Document.Forms.First(f => f.Id?.StartsWith("word-", StringComparison.Ordinal) == true).Id!; // Just found by it.

        var worded = await desk.SubmitAsync(page, form, [new("wording.fr", "Intitulé d’essai")], Cancellation);
        worded.Document.QuerySelector("h1")!.TextContent.ShouldBe("Intitulé d’essai"); // Every page has one.
        var empty = await desk.SubmitAsync(worded, $"{worded.Url.AbsolutePath}/discard", [], Cancellation);

        empty.Url.AbsolutePath.ShouldBe("/texts");
        empty.Text.ShouldContain("Aucun texte en négociation");
    }

    [Fact]
    public async Task A_text_above_its_readers_clearance_is_not_there()
    {
        await using var node = await LinkedAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var page = await OpenAsync(desk, [new("rank", "2")]);

        page.Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_officer_reads_a_text_and_changes_nothing()
    {
        await using var node = await LinkedAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        using var officer = await node.SignedInAsync("agent", Role.Officer);
        var path = (await OpenAsync(desk)).Url.AbsolutePath;

        var read = await officer.GetAsync(path, Cancellation);

        read.Status.ShouldBe(HttpStatusCode.OK);
        read.Document.QuerySelector($"form[action^='{path}']").ShouldBeNull();
    }

    [Fact]
    public async Task A_text_leaves_as_a_document_in_two_columns()
    {
        await using var node = await LinkedAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var path = (await OpenAsync(desk)).Url.AbsolutePath;

        var file = await desk.Http.GetAsync($"{path}/text.docx?in=fr&second=ar", Cancellation);

        file.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await file.Content.ReadAsByteArrayAsync(Cancellation)).Take(2).ShouldBe("PK"u8.ToArray());
    }

    [Fact]
    public async Task More_lines_of_a_meetings_form_lose_nothing_that_was_typed()
    {
        await using var node = await LinkedAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var form = await desk.GetAsync("/meetings/new?partner=ES", Cancellation);
        form.Document.QuerySelectorAll("input[name^='item.']").Length.ShouldBe(2);

        var more = await desk.SubmitAsync(
            form,
            "new-meeting",
            [new("action", "items"), new("item.1", "Bilan"), new("domain.1", "terrorism"), new("place", "Rabat")],
            Cancellation
        );

        more.Status.ShouldBe(HttpStatusCode.OK);
        more.Document.QuerySelectorAll("input[name^='item.']").Length.ShouldBe(4);
        more.Document.QuerySelector("input[name=place]")!.GetAttribute("value").ShouldBe("Rabat"); // The form has it.
        more.Document.QuerySelectorAll("input[name^='item.']")
            .Select(i => i.GetAttribute("value"))
            .ShouldContain("Bilan");
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("ar")]
    [InlineData("es")]
    [InlineData("de")]
    [InlineData("fi")]
    [InlineData("en")]
    public void Templates_of_every_kind_fill_every_gap(string language)
    {
        var templates = new TextTemplates();
        foreach (var kind in TextKinds.All)
        {
            var clauses = templates.Clauses(kind, [language], new Facts());

            clauses.Count.ShouldBeGreaterThan(4);
            clauses.ShouldAllBe(clause => !clause.Wording[language].Contains('{'));
            templates.Title(kind, [language], new Facts())[language].ShouldNotContain("{");
        }
    }

    private static async Task<BrowserlessPage> OpenAsync(
        BrowserlessClient desk,
        params IReadOnlyList<KeyValuePair<string, string>> more
    )
    {
        var form = await desk.GetAsync("/texts/new", Cancellation);
        return await desk.SubmitAsync(form, "new-text", [new("kind", "memorandum"), .. more], Cancellation);
    }

    private static async Task<RunningNode> LinkedAsync()
    {
        var node = await RunningNode.StartAsync();
        await using var partner = await TestStore.CreateAsync("Sqlite", node: "es.interior");
        await using var services = partner.Services();
        await node.Services.LinkAsync(await services.CardAsync());
        return node;
    }

    private sealed class Facts : ITemplateFacts
    {
        public bool Has(string phrase) => true;

        public string Say(string gap, string language) => "X";
    }
}
