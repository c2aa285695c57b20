using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Record;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Record;

public sealed class RecordPagesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instrument_entered_by_hand_is_a_basis_until_it_has_ended()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var book = node.Services.GetRequiredService<RecordBook>();

        var entered = await EnterInstrumentAsync(desk, "2010-11-16");
        var basis = (await book.BasesAsync("ES", Cancellation)).ShouldHaveSingleItem();
        await desk.SubmitAsync(entered, "correct-instrument", [new("ended", "2024")], Cancellation);

        basis.Title.ShouldBe("Accord de coopération policière");
        (await book.BasesAsync("ES", Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Correction_can_be_undone()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var entered = await EnterInstrumentAsync(desk, "2010-11-16");

        var corrected = await desk.SubmitAsync(
            entered,
            "correct-instrument",
            [new("title", "Titre faux")],
            Cancellation
        );
        corrected.Document.QuerySelector("h1")!.TextContent.ShouldBe("Titre faux"); // Every page has one.
        var undone = await desk.SubmitAsync(corrected, "undo", [], Cancellation);

        undone.Document.QuerySelector("h1")!.TextContent.ShouldBe("Accord de coopération policière");
    }

    [Fact]
    public async Task Impossible_date_is_told_and_the_title_is_not_lost()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);

        var again = await EnterInstrumentAsync(desk, "2010-13-40");

        again.Text.ShouldContain("Cette date n’est pas valable.");
        again.Document.QuerySelector("#title")!.GetAttribute("value").ShouldBe("Accord de coopération policière");
    }

    [Fact]
    public async Task Commitment_moves_from_open_to_done_with_a_note()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var book = node.Services.GetRequiredService<RecordBook>();
        var form = await desk.GetAsync("/record/ES/new-commitment", Cancellation);

        var entered = await desk.SubmitAsync(
            form,
            "new-commitment",
            [new("type", "training"), new("wording", "Former vingt formateurs."), new("due", "2025-06-30")],
            Cancellation
        );
        (await book.CommitmentsAsync("ES", Cancellation)).ShouldHaveSingleItem().Type.ShouldBe("training");
        var done = await desk.SubmitAsync(
            entered,
            "progress-form",
            [new("state", "done"), new("note", "Vingt-deux formés à Kénitra.")],
            Cancellation
        );

        done.Text.ShouldContain("Vingt-deux formés à Kénitra.");
        (await book.CommitmentsAsync("ES", Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Removed_instrument_is_gone_from_the_partners_page()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var entered = await EnterInstrumentAsync(desk, "2010");

        var partner = await desk.SubmitAsync(entered, entered.Url.AbsolutePath + "/remove", [], Cancellation);

        partner.Url.AbsolutePath.ShouldBe("/record/ES");
        partner.Text.ShouldNotContain("Accord de coopération policière");
    }

    [Fact]
    public async Task Page_of_nothing_on_record_is_not_found()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);

        foreach (
            var path in new[] { "/record/XX", "/record/meetings/none", "/record/ES/instruments/none", "/readings/none" }
        )
        {
            ((int)(await desk.GetAsync(path, Cancellation)).Status).ShouldBe(404, path);
        }
    }

    private static async Task<BrowserlessPage> EnterInstrumentAsync(BrowserlessClient desk, string date)
    {
        var form = await desk.GetAsync("/record/ES/new-instrument", Cancellation);
        return await desk.SubmitAsync(
            form,
            "new-instrument",
            [
                new("title", "Accord de coopération policière"),
                new("type", "agreement"),
                new("status", "signed"),
                new("date", date),
            ],
            Cancellation
        );
    }
}
