using Entente.Node.Features.Corrections;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Corrections;

/// <summary>Rabat gives to Madrid, Madrid passes on to Berlin with Rabat's leave, and Rabat takes it back.</summary>
public sealed class CorrectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Recall_reaches_everybody_down_the_chain_and_is_erased_with_proof(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, berlin) = chain;

        var begun = await BeginAsync(rabat, new CorrectionDraft(chain.Given, "inaccurate", InAWeek, "Erreur de fiche"));
        await chain.SettleAsync();

        // The chain waited for nobody: Berlin knows before anyone in Madrid has looked.
        (await WaitingAsync(berlin)).Partner.ShouldBe("es.interior");
        var before = await FileAsync(rabat, begun);
        before.Notices.Single().State.ShouldBe("delivered");
        before
            .Reports.Single()
            .ShouldSatisfyAllConditions(r => r.Node.ShouldBe("de.bmi"), r => r.State.ShouldBe("told"));

        await DecideAsync(berlin, "erased");
        await DecideAsync(madrid, "erased");
        await chain.SettleAsync();

        var after = await FileAsync(rabat, begun);
        after.Notices.Single().State.ShouldBe("erased");
        after.Reports.Single().State.ShouldBe("erased");
        (await madrid.Get<MessageStore>().OpenAsync(chain.Given, Cancellation)).ShouldBeNull();
        (await berlin.Get<MessageStore>().OpenAsync(chain.Passed, Cancellation)).ShouldBeNull();
        (await madrid.LedgerAsync("erase")).ShouldBe(["recall", "recall"]); // Given, and passed on.
        (await madrid.LeafAsync(after.Notices.Single().Leaf)).ShouldBe($"message:{chain.Given} erase");
        (await berlin.LedgerAsync("erase")).ShouldBe(["recall"]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_was_passed_on_is_erased_where_it_was_passed_on_too(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        await BeginAsync(chain.Rabat, new CorrectionDraft(chain.Given, "unlawful", InAWeek));
        await chain.SettleAsync();

        await DecideAsync(chain.Madrid, "erased");

        (await chain.Madrid.Get<MessageStore>().OpenAsync(chain.Passed, Cancellation)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Refusal_needs_a_ground_and_reasons_and_may_be_thought_over(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, _) = chain;
        var begun = await BeginAsync(rabat, new CorrectionDraft(chain.Given, "outdated", InAWeek));
        await chain.SettleAsync();

        (await FaultsAsync(madrid, "refused")).ShouldBe([new CorrectionGroundMissing(), new CorrectionReasonMissing()]);
        (await FaultsAsync(madrid, "rectified")).ShouldBe([new CorrectionSettled()]);
        await DecideAsync(madrid, "refused", "evidence", "Procédure inventée en cours");
        await chain.SettleAsync();
        var notice = (await FileAsync(rabat, begun)).Notices.Single();
        notice.State.ShouldBe("refused");
        notice.Ground.ShouldBe("evidence");
        (await madrid.Get<MessageStore>().OpenAsync(chain.Given, Cancellation)).ShouldNotBeNull();

        await DecideAsync(madrid, "erased");
        await chain.SettleAsync();

        (await FileAsync(rabat, begun)).Notices.Single().State.ShouldBe("erased");
        (await FaultsAsync(madrid, "refused")).ShouldContain(new CorrectionSettled());
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rectification_brings_what_is_right_down_the_chain(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, berlin) = chain;
        await BeginAsync(
            rabat,
            new CorrectionDraft(chain.Given, "inaccurate", InAWeek, Text: "Texte juste et inventé")
        );
        await chain.SettleAsync();

        await DecideAsync(berlin, "rectified");

        (await berlin.Get<MessageStore>().OpenAsync(chain.Passed, Cancellation)).ShouldBeNull();
        var told = (await berlin.Get<MessageStore>().OpenAsync((await LastAsync(berlin)).Id, Cancellation))!;
        CorrectionBody.Read(told.Message)!.Text.ShouldBe("Texte juste et inventé");
        (await berlin.LedgerAsync("erase")).ShouldBe(["rectify"]);
        (await WaitingAsync(madrid)).Action.ShouldBe("rectify");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Recalled_message_is_put_to_no_new_use_and_what_was_made_of_it_is_flagged(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, _) = chain;
        await madrid.Get<CaseDesk>().NoteAsync(madrid.Officer, chain.Case, "Noté", Cancellation);
        await BeginAsync(rabat, new CorrectionDraft(chain.Given, "inaccurate", InAWeek));
        await chain.SettleAsync();

        var again = await madrid
            .Get<RequestDesk>()
            .SendAsync(madrid.Officer, Drafts.Forward(chain.Given, "de.bmi"), Cancellation);
        again.ShouldBeOfType<SendResult.Faulty>().Errors.ShouldBe([new ForwardWithdrawn()]);
        var file = await FileAsync(madrid, (await WaitingAsync(madrid)).Id);
        file.Traces.Select(t => t.Kind).Order().ShouldBe(["notes", "passed-on"]);

        var desk = madrid.Get<CorrectionDesk>();
        var trace = file.Traces[0];
        (await desk.TraceDoneAsync(madrid.Officer, file.Row.Id, trace.Kind, trace.Item, Cancellation)).ShouldBeTrue();
        (await FileAsync(madrid, file.Row.Id)).Traces.Count(t => t.DoneAt is null).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Unanswered_notice_stays_and_is_counted_once_it_is_late(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, _, _) = chain;
        await BeginAsync(rabat, new CorrectionDraft(chain.Given, "inaccurate", InAWeek));
        await chain.SettleAsync();
        var book = rabat.Get<CorrectionBook>();
        (await book.CountAsync(rabat.Officer, Cancellation)).ShouldBe(0);

        chain.Time.Advance(TimeSpan.FromDays(400));

        (await book.OpenAsync(rabat.Officer, Cancellation)).Single().Notice.Partner.ShouldBe("es.interior");
        (await book.CountAsync(rabat.Officer, Cancellation)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Partner_recalls_only_what_it_sent(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, berlin) = chain;
        await BeginAsync(rabat, new CorrectionDraft(chain.Given, "inaccurate", InAWeek));
        await rabat.HandOverAsync(madrid);
        var stranger = madrid.Officer with { Unit = "other" };

        (await madrid.Get<CorrectionBook>().WaitingAsync(stranger, Cancellation)).ShouldBeEmpty();
        (await BeginResultAsync(berlin, new CorrectionDraft(chain.Passed, "inaccurate", InAWeek)))
            .ShouldBeOfType<SendResult.Faulty>()
            .Errors.ShouldBe([new CorrectionUnknown()]);
        (await BeginResultAsync(rabat, new CorrectionDraft(chain.Given, "because", DateTimeOffset.UnixEpoch)))
            .ShouldBeOfType<SendResult.Faulty>()
            .Errors.ShouldBe([new CorrectionGroundMissing(), new CorrectionDeadlinePast()]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Notice_that_was_not_taken_is_told_again_in_the_same_words(string engine)
    {
        await using var chain = await Chain.OpenAsync(engine);
        var (rabat, madrid, _) = chain;
        var draft = new CorrectionDraft(chain.Given, "inaccurate", InAWeek, "Motif inventé", "Texte juste et inventé");
        var begun = await BeginAsync(rabat, draft);
        var first = (await FileAsync(rabat, begun)).Notices.Single();
        await RejectAsync(rabat, first.Id);

        (await rabat.Get<CorrectionDesk>().ResendAsync(rabat.Officer, begun, first.Id, Cancellation)).ShouldBeTrue();

        var again = (await FileAsync(rabat, begun)).Notices.Single();
        var said = CorrectionBody.Read(
            (await rabat.Get<MessageStore>().OpenAsync(again.Id, Cancellation))!.Message // It was just sent.
        )!;
        (said.Action, said.Text, said.Reason).ShouldBe(("rectify", "Texte juste et inventé", "Motif inventé"));
        await chain.SettleAsync();
        (await LastAsync(madrid)).Action.ShouldBe("rectify");
    }

    /// <summary>As if the partner had not taken it.</summary>
    private static Task RejectAsync(Bureau bureau, string notice)
    {
        const string message = "UPDATE message SET state = 'rejected' WHERE id = @Id";
        const string row = "UPDATE correction_notice SET state = 'rejected' WHERE id = @Id";
        return bureau.Database.WriteAsync(
            async t =>
            {
                await t.RunAsync(message, new { Id = notice }, Cancellation);
                await t.RunAsync(row, new { Id = notice }, Cancellation);
            },
            Cancellation
        );
    }

    private static DateTimeOffset InAWeek => new TestClock().GetUtcNow().AddDays(8);

    private static Task<SendResult> BeginResultAsync(Bureau bureau, CorrectionDraft draft) =>
        bureau.Get<CorrectionDesk>().BeginAsync(bureau.Officer, draft, Cancellation);

    private static async Task<string> BeginAsync(Bureau bureau, CorrectionDraft draft) =>
        (await BeginResultAsync(bureau, draft)).ShouldBeOfType<SendResult.Sent>().Message;

    private static async Task<CorrectionRow> WaitingAsync(Bureau bureau) =>
        (await bureau.Get<CorrectionBook>().WaitingAsync(bureau.Officer, Cancellation)).Single();

    private static async Task<CorrectionRow> LastAsync(Bureau bureau) =>
        (await bureau.Get<CorrectionBook>().LastAsync(bureau.Officer, Cancellation))[0];

    private static async Task<CorrectionFile> FileAsync(Bureau bureau, string id) =>
        (await bureau.Get<CorrectionBook>().FileAsync(bureau.Officer, id, Cancellation))!; // A test that asks expects it.

    private static async Task<SendResult> DecideAsync(
        Bureau bureau,
        string state,
        string? ground = null,
        string? reason = null
    )
    {
        var choice = new CorrectionChoice((await LastAsync(bureau)).Id, state, ground, reason);
        var decided = await bureau.Get<CorrectionChoices>().DecideAsync(bureau.Officer, choice, Cancellation);
        return decided.ShouldBeOfType<SendResult.Sent>();
    }

    private static async Task<IReadOnlyList<ExchangeError>> FaultsAsync(Bureau bureau, string state)
    {
        var choice = new CorrectionChoice((await LastAsync(bureau)).Id, state);
        var decided = await bureau.Get<CorrectionChoices>().DecideAsync(bureau.Officer, choice, Cancellation);
        return decided.ShouldBeOfType<SendResult.Faulty>().Errors;
    }
}
