using System.Net;
using System.Text;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Readings;

public sealed class ReadingPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pasted_text_leads_to_its_draft_and_accepting_it_to_the_meeting()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);

        var draft = await PasteAsync(desk, Texts.Finland);
        draft.Url.AbsolutePath.ShouldStartWith("/readings/");
        draft.Document.QuerySelectorAll(".reading-body .mark").Length.ShouldBeGreaterThan(5);
        var meeting = await desk.SubmitAsync(draft, "accept", [], Cancellation);

        meeting.Url.AbsolutePath.ShouldStartWith("/record/meetings/");
        meeting.Text.ShouldContain("Kai Mykkänen");
        var partner = await desk.GetAsync("/record/FI", Cancellation);
        partner.Status.ShouldBe(HttpStatusCode.OK);
        partner.Text.ShouldContain("23 avr. 2018");
    }

    [Fact]
    public async Task Form_of_a_value_is_on_the_page_only_while_it_is_being_corrected()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var draft = await PasteAsync(desk, Texts.Finland);
        draft.Document.QuerySelectorAll("form[action$='/correct'], form[action$='/add']").ShouldBeEmpty();

        var edit = draft.Document.QuerySelector("#field-place a[href*='edit=']")!.GetAttribute("href")!; // It has a place.
        var open = await desk.GetAsync(edit, Cancellation);
        var form = open.Document.QuerySelectorAll("form[action$='/correct']").ShouldHaveSingleItem();
        var corrected = await desk.SubmitAsync(
            open,
            form.GetAttribute("action")!,
            [new("value", "Ville d’essai")],
            Cancellation
        );

        corrected.Document.QuerySelector("#field-place")!.TextContent.ShouldContain("Ville d’essai");
        corrected.Document.QuerySelectorAll("form[action$='/correct']").ShouldBeEmpty();
    }

    [Fact]
    public async Task Form_to_add_a_value_opens_on_demand_and_again_when_something_is_wrong()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var draft = await PasteAsync(desk, Texts.Finland);
        var open = await desk.GetAsync($"{draft.Url.AbsolutePath}?add=body", Cancellation);
        var add = $"{draft.Url.AbsolutePath}/add";

        var wrong = await desk.SubmitAsync(
            open,
            add,
            [new("value", "Service d’essai"), new("words-of-text", "absent du texte")],
            Cancellation
        );
        var right = await desk.SubmitAsync(wrong, add, [new("value", "Service d’essai")], Cancellation);

        wrong.Text.ShouldContain("Ces mots ne figurent pas dans le texte.");
        right.Document.QuerySelector("#field-body")!.TextContent.ShouldContain("Service d’essai");
    }

    [Fact]
    public async Task Each_bad_file_of_an_upload_is_named_with_what_is_wrong_and_the_good_one_is_read()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var page = await desk.GetAsync("/readings", Cancellation);

        var outcome = await desk.SubmitAsync(
            page,
            "/readings/receive",
            [],
            Cancellation,
            ("files", "vide.txt", "text/plain", []),
            ("files", "image.txt", "text/plain", [0x89, 0x50, 0, 0, 0, 1, 2]),
            ("files", "hydrogene.txt", "text/plain", Encoding.UTF8.GetBytes(Texts.Hydrogen)),
            ("files", "finlande.txt", "text/plain", Encoding.UTF8.GetBytes(Texts.Finland))
        );

        var items = outcome.Document.QuerySelectorAll("section[aria-labelledby=outcome] li");
        items
            .Select(i => i.QuerySelector("bdi")!.TextContent) // Every item has its name.
            .ShouldBe(["vide.txt", "image.txt", "hydrogene.txt", "finlande.txt"]);
        items[0].TextContent.ShouldContain("Le fichier est vide.");
        items[1].TextContent.ShouldContain("Ce n’est pas un texte.");
        items[2].TextContent.ShouldContain("Aucune rencontre");
        items[3].TextContent.ShouldContain("Lu, à examiner");
    }

    [Fact]
    public async Task Empty_upload_says_what_to_do()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);

        var page = await PasteAsync(desk, " ");

        page.Text.ShouldContain("Choisissez un fichier ou collez un texte.");
    }

    [Fact]
    public async Task Form_without_its_token_is_refused()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        using var content = new FormUrlEncodedContent([new("text", Texts.Finland)]);

        using var answer = await desk.Http.PostAsync("/readings/receive", content, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Text_full_of_markup_is_shown_as_text()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);

        var draft = await PasteAsync(desk, Texts.Finland + "\n<script>alert(1)</script> <b>gras</b>");

        draft.Document.QuerySelectorAll(".reading-body script, .reading-body b").ShouldBeEmpty();
        draft.Text.ShouldContain("<script>alert(1)</script>");
    }

    [Fact]
    public async Task Readings_are_the_desks_and_the_record_is_everybodys_to_read()
    {
        await using var node = await RunningNode.StartAsync();
        using var officer = await node.SignedInAsync("liaison", Role.Officer);

        (await officer.GetAsync("/record", Cancellation)).Status.ShouldBe(HttpStatusCode.OK);
        var readings = await officer.GetAsync("/readings", Cancellation);

        readings.Document.QuerySelector("form[action='/readings/receive']").ShouldBeNull();
    }

    private static async Task<BrowserlessPage> PasteAsync(BrowserlessClient desk, string text)
    {
        var page = await desk.GetAsync("/readings", Cancellation);
        return await desk.SubmitAsync(page, "/readings/receive", [new("text", text)], Cancellation);
    }
}
