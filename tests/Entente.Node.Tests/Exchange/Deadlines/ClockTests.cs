using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange.Deadlines;

/// <summary>One clock on two nodes.</summary>
public sealed class ClockTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Clarification_suspends_the_clock_on_both_sides_until_it_is_given(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var sent = await pair.AskedAsync();
        var received = time.GetUtcNow();

        time.Advance(TimeSpan.FromHours(3));
        await StepAsync(madrid, new ClockDraft(sent.Message, ClockStep.Ask, "Quel port ?\nQuel jour ?"));
        await madrid.HandOverAsync(rabat);

        foreach (var bureau in new[] { rabat, madrid })
        {
            var row = await bureau.RowAsync(sent.Message);
            row.Clock.ShouldBe(ClockState.Clarification);
            row.Due.ShouldBeNull();
            row.OverdueAt(received.AddDays(9)).ShouldBeFalse();
            row.TimeLeft.ShouldBe((long)TimeSpan.FromHours(5).TotalMilliseconds);
        }

        (await AwaitedAsync(rabat)).ShouldBe([sent.Message], "whoever asked is told that the partner waits for them");
        (await AwaitedAsync(madrid)).ShouldBeEmpty();

        time.Advance(TimeSpan.FromHours(20));
        await StepAsync(rabat, new ClockDraft(sent.Message, ClockStep.Clarify, "Le port inventé, lundi"));
        await rabat.HandOverAsync(madrid);

        (await AwaitedAsync(rabat)).ShouldBeEmpty();
        (await rabat.RowAsync(sent.Message)).Due.ShouldBe(received.AddHours(28));
        (await madrid.RowAsync(sent.Message)).Due.ShouldBe(received.AddHours(28));
        await ExchangeTests.AnswerAsync(madrid, Drafts.Answer(sent.Message));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Judicial_authorisation_is_told_with_its_delay_and_told_anew(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var sent = await pair.AskedAsync();
        var received = time.GetUtcNow();

        await StepAsync(madrid, Delay(received.AddDays(2)));
        await madrid.HandOverAsync(rabat);
        time.Advance(TimeSpan.FromHours(1));
        await StepAsync(madrid, Delay(received.AddDays(4)));
        await madrid.HandOverAsync(rabat);
        (await rabat.RowAsync(sent.Message)).Expected.ShouldBe(received.AddDays(4));
        (await rabat.RowAsync(sent.Message)).Clock.ShouldBe(ClockState.Authorisation);

        time.Advance(TimeSpan.FromDays(3));
        await StepAsync(madrid, new ClockDraft(sent.Message, ClockStep.Authorised));
        await madrid.HandOverAsync(rabat);

        foreach (var bureau in new[] { rabat, madrid })
        {
            var row = await bureau.RowAsync(sent.Message);
            row.Due.ShouldBe(received.AddDays(3).AddHours(9));
            row.Authorised.ShouldBeTrue();
        }

        (await madrid.LedgerAsync("decide")).ShouldBe(["authorising", "authorising", "authorised-granted"]);

        ClockDraft Delay(DateTimeOffset expected) =>
            new(sent.Message, ClockStep.Await, "Le juge statue lundi", expected);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Step_that_cannot_be_says_why(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var sent = await pair.AskedAsync();

        (await FaultsAsync(madrid, ClockStep.Ask)).ShouldBe([new StepTextMissing()]);
        (await FaultsAsync(madrid, ClockStep.Await, "Parce que")).ShouldBe([new ExpectedMissing()]);
        (await FaultsAsync(madrid, ClockStep.Authorised)).ShouldBe([new NothingAwaited()]);
        (await FaultsAsync(rabat, ClockStep.Ask, "Quoi ?")).ShouldBe([new RequestUnknown()]);
        (await FaultsAsync(rabat, ClockStep.Clarify, "Ceci")).ShouldBe([new RequestUnknown()]);
        await StepAsync(madrid, new ClockDraft(sent.Message, ClockStep.Ask, "Quel port ?"));
        await madrid.HandOverAsync(rabat);
        (await FaultsAsync(madrid, ClockStep.Ask, "Et encore ?")).ShouldBe([new AlreadyAsked()]);

        async Task<IReadOnlyList<ExchangeError>> FaultsAsync(Bureau bureau, ClockStep step, string text = "") =>
            (
                await bureau
                    .Get<ClockDesk>()
                    .SendAsync(
                        bureau.Officer,
                        new ClockDraft(sent.Message, step, text, time.GetUtcNow().AddDays(-1)),
                        Cancellation
                    )
            )
                .ShouldBeOfType<SendResult.Faulty>()
                .Errors;
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Asker_may_not_stop_the_clock_it_set_going(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var sent = await pair.AskedAsync();
        var request = (await rabat.Get<MessageStore>().OpenAsync(sent.Message, Cancellation))!.Message;
        var body = new ProgressBody(request.Id, ProgressStates.Suspended, time.GetUtcNow());
        var forged = await rabat
            .Get<ReplyMessages>()
            .WriteAsync(Kinds.Progress, rabat.Officer, request, 0, body.ToBody(), Cancellation);
        await rabat.Database.WriteAsync(
            t => rabat.Get<Outbox>().EnqueueAsync(t, forged, 1, "officier", Cancellation),
            Cancellation
        );

        await rabat.HandOverAsync(madrid);

        (await madrid.RowAsync(sent.Message)).Clock.ShouldBe(ClockState.Running);
        (await rabat.Get<MessageStore>().FindAsync(forged.Id.ToString(), Cancellation))!.State.ShouldBe(
            MessageState.Rejected
        );
    }

    [Theory]
    [InlineData("Sqlite", 60)]
    [InlineData("Postgres", 12)]
    public async Task Both_nodes_read_the_same_clock_whatever_they_say_and_whenever_it_arrives(
        string engine,
        int histories
    )
    {
        await using var pair = await Clocked.OpenAsync(engine, skewed: true);
        for (var seed = 1; seed <= histories; seed++)
        {
            var chance = new Chance((ulong)seed);
            var sent = await ExchangeTests.SendAsync(pair.Rabat, Drafts.Request() with { Attachments = [] });
            for (var turn = 0; turn < 14; turn++)
            {
                pair.Time.Advance(TimeSpan.FromMinutes(chance.Next(1, 240)));
                await TurnAsync(pair, sent.Message, chance);
            }

            await pair.SettleAsync();
            var asked = await pair.Rabat.RowAsync(sent.Message);
            var asking = await pair.Madrid.RowAsync(sent.Message);

            Standing(asking).ShouldBe(Standing(asked), $"seed {seed}");
        }
    }

    private static object Standing(RequestRow row) =>
        (row.Clock, row.Due, row.ClockAt, row.TimeLeft, row.Expected, row.Authorised, row.SortAt, row.WarnAt);

    /// <summary>Somebody says something, if it makes sense there now, or the mail goes one way.</summary>
    private static async Task TurnAsync(Clocked pair, string request, Chance chance)
    {
        var (rabat, madrid, time) = pair;
        switch (chance.Next(0, 7))
        {
            case 0:
                await TryAsync(madrid, new ClockDraft(request, ClockStep.Ask, "Quoi ?"));
                break;
            case 1:
                var expected = time.GetUtcNow().AddHours(chance.Next(2, 90));
                await TryAsync(madrid, new ClockDraft(request, ClockStep.Await, "Le juge", expected));
                break;
            case 2:
                await TryAsync(madrid, new ClockDraft(request, ClockStep.Authorised));
                break;
            case 3:
                await TryAsync(rabat, new ClockDraft(request, ClockStep.Clarify, "Ceci"));
                break;
            case 4 or 5:
                await madrid.HandOverAsync(rabat, rabat.Now);
                break;
            default:
                await rabat.HandOverAsync(madrid, madrid.Now);
                break;
        }
    }

    private static Task<SendResult> TryAsync(Bureau bureau, ClockDraft draft) =>
        bureau.Get<ClockDesk>().SendAsync(bureau.Officer, draft, Cancellation);

    internal static async Task StepAsync(Bureau bureau, ClockDraft draft) =>
        (await TryAsync(bureau, draft)).ShouldBeOfType<SendResult.Sent>();

    private static async Task<IEnumerable<string>> AwaitedAsync(Bureau bureau) =>
        (await bureau.Get<AwaitedClarifications>().OfAsync(bureau.Officer, Cancellation)).Select(row => row.Id);
}
