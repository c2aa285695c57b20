using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Exchange;

public sealed class ExchangeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Request_goes_from_sent_to_answered_in_both_threads(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);

        var sent = await SendAsync(rabat, Drafts.Request());
        (await rabat.RowAsync(sent.Message)).State.ShouldBe(RequestState.Sent);
        await rabat.HandOverAsync(madrid);
        (await rabat.RowAsync(sent.Message)).State.ShouldBe(RequestState.Delivered);

        await madrid.Get<CaseDesk>().OpenAsync(madrid.Officer, sent.Case, Cancellation);
        await madrid.HandOverAsync(rabat);
        (await rabat.RowAsync(sent.Message)).State.ShouldBe(RequestState.Seen);

        (await madrid.Get<CaseDesk>().TakeAsync(madrid.Officer, sent.Message, Cancellation)).ShouldBeTrue();
        await madrid.HandOverAsync(rabat);
        (await rabat.RowAsync(sent.Message)).State.ShouldBe(RequestState.Taken);

        await AnswerAsync(madrid, Drafts.Answer(sent.Message));
        await madrid.HandOverAsync(rabat);

        foreach (var bureau in new[] { rabat, madrid })
        {
            var row = await bureau.RowAsync(sent.Message);
            row.State.ShouldBe(RequestState.Answered);
            row.Outcome.ShouldBe("provided");
            row.Open.ShouldBeFalse();
            var file = await bureau.Get<CaseDesk>().OpenAsync(bureau.Officer, sent.Case, Cancellation);
            file!
                .Entries.Select(e => e.Stored.Kind)
                .ShouldBe([Kinds.Request, Kinds.Progress, Kinds.Progress, Kinds.Answer]);
        }
    }

    [Fact]
    public async Task Answer_and_progress_in_another_case_than_the_request_s_are_refused()
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", "Sqlite");
        await using var madrid = await Bureau.OpenAsync("es.interior", "Sqlite");
        await rabat.LinkAsync(madrid);
        var sent = await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);
        var elsewhere = TestMessages.Request("es.interior", "ma.interieur") with
        {
            Kind = Kinds.Answer,
            ReplyTo = Guid.Parse(sent.Message),
            Profile = new ProfileReference(Bureau.Terms.ProfileId, Bureau.Terms.ProfileVersion),
            Body = new AnswerBody { Outcome = Outcome.Provided, Text = "x" }.ToBody(),
        };
        var taken = new ProgressBody(Guid.Parse(sent.Message), ProgressStates.Taken, DateTimeOffset.MinValue);

        var late = elsewhere with { Id = Guid.Empty, Kind = Kinds.Progress, Body = taken.ToBody() };
        (await rabat.ReceiveAsync(elsewhere, rabat.Now)).ShouldBe("policy");
        (await rabat.ReceiveAsync(late, rabat.Now)).ShouldBe("policy");
        (await rabat.RowAsync(sent.Message)).State.ShouldBe(RequestState.Delivered);

        var inCase = Guid.Parse(sent.Case);
        (await rabat.ReceiveAsync(late with { Case = inCase }, rabat.Now)).ShouldBeNull();
        var row = await rabat.RowAsync(sent.Message);
        row.TakenAt.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(row.Sent);
        (await rabat.ReceiveAsync(elsewhere with { Case = inCase }, rabat.Now)).ShouldBeNull();
        (await rabat.RowAsync(sent.Message)).State.ShouldBe(RequestState.Answered);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Both_sides_compute_the_same_due_time_from_the_receipt(string engine)
    {
        var received = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);

        var sent = await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid, received);

        (await rabat.RowAsync(sent.Message)).Due.ShouldBe(received.AddHours(8));
        (await madrid.RowAsync(sent.Message)).Due.ShouldBe(received.AddHours(8));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Inbox_shows_the_most_urgent_first_and_finds_by_words_without_accents(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var slow = await SendAsync(rabat, Drafts.Request() with { Urgency = "other", Subject = "Dossier lent" });
        var fast = await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);
        var lists = madrid.Get<RequestLists>();

        var inbox = await lists.InboxAsync(madrid.Officer, new ListFilter(), null, Cancellation);
        var found = await lists.InboxAsync(madrid.Officer, new ListFilter { Words = "equinoxe" }, null, Cancellation);
        var plate = await lists.InboxAsync(
            madrid.Officer,
            new ListFilter { Words = "test-0042 lent" },
            null,
            Cancellation
        );

        inbox.Requests.Select(r => r.Row.Id).ShouldBe([fast.Message, slow.Message]);
        found.Requests.Single().Subject.ShouldBe("Véhicule ÉQUINOXE de démonstration");
        plate.Requests.Single().Row.Id.ShouldBe(slow.Message);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Officer_of_another_unit_sees_neither_the_list_nor_the_case(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var sent = await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);
        var stranger = madrid.Officer with { Unit = "other" };

        (await madrid.Get<RequestLists>().InboxAsync(stranger, new(), null, Cancellation)).Requests.ShouldBeEmpty();
        (await madrid.Get<CaseDesk>().OpenAsync(stranger, sent.Case, Cancellation)).ShouldBeNull();
        (await madrid.Get<CaseDesk>().TakeAsync(stranger, sent.Message, Cancellation)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Message_above_the_reader_s_clearance_stays_closed_and_the_refusal_is_recorded(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var sent = await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);
        var uncleared = madrid.Officer with { Clearance = 0 };

        var file = await madrid.Get<CaseDesk>().OpenAsync(uncleared, sent.Case, Cancellation);

        file!.Entries.Single(e => e.Stored.Kind == Kinds.Request).Opened.ShouldBeNull();
        (await madrid.LedgerAsync("decide")).ShouldContain("refused:clearance");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Rejected_request_is_closed_with_the_partner_s_reason(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        await madrid.NarrowAsync("ma.interieur", "terrorism");

        var sent = await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);

        var row = await rabat.RowAsync(sent.Message);
        row.State.ShouldBe(RequestState.Rejected);
        row.Reason.ShouldBe("policy");
        (await madrid.LedgerAsync("decide")).ShouldContain("refused:domain");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Figures_count_what_was_asked_answered_and_in_time(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var first = await SendAsync(rabat, Drafts.Request());
        await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);
        await AnswerAsync(madrid, Drafts.Answer(first.Message));
        await madrid.HandOverAsync(rabat);

        var figures = await rabat.Get<ExchangeFigures>().ForAsync(rabat.Officer, "ES", Cancellation);

        figures.RequestsSent.ShouldBe(2);
        figures.Answered.ShouldBe(1);
        figures.AnsweredInTime.ShouldBe(1);
        figures.Overdue.ShouldBe(0);
        figures.MedianAnswer.ShouldNotBeNull();
        (await madrid.Get<ExchangeFigures>().ForAsync(madrid.Officer, "MA", Cancellation)).RequestsReceived.ShouldBe(2);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Answer_is_refused_a_second_time_and_needs_its_evaluation_and_ground(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var sent = await SendAsync(rabat, Drafts.Request());
        await rabat.HandOverAsync(madrid);
        var desk = madrid.Get<AnswerDesk>();
        var draft = Drafts.Answer(sent.Message);

        (await Faults(draft with { Accuracy = null })).ShouldBe([new EvaluationMissing()]);
        (await Faults(draft with { Outcome = Outcome.Refused, Ground = "because" })).ShouldBe([new GroundMissing()]);
        await AnswerAsync(madrid, draft with { Outcome = Outcome.Refused, Ground = "third-party" });
        (await Faults(draft)).ShouldBe([new AlreadyAnswered()]);

        async Task<IReadOnlyList<ExchangeError>> Faults(AnswerDraft wrong) =>
            (await desk.AnswerAsync(madrid.Officer, wrong, Cancellation)).ShouldBeOfType<SendResult.Faulty>().Errors;
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Draft_that_cannot_be_judged_says_everything_that_is_wrong(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        var draft = Drafts.Request() with
        {
            Subject = " ",
            Attachments =
            [
                Drafts.File("a.exe", "application/x-msdownload", [1]) with
                {
                    Size = DraftLimits.LargestFile + 1,
                },
            ],
        };

        var result = await rabat.Get<RequestDesk>().SendAsync(rabat.Officer, draft, Cancellation);

        result
            .ShouldBeOfType<SendResult.Faulty>()
            .Errors.ShouldBe([
                new SubjectMissing(),
                new FileTooLarge(),
                new FileTypeNotAllowed(),
                new PartnerMissing(),
            ]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Notes_stay_here(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var sent = await SendAsync(rabat, Drafts.Request());

        await rabat.Get<CaseDesk>().NoteAsync(rabat.Officer, sent.Case, "Rappeler lundi", Cancellation);
        await rabat.HandOverAsync(madrid);

        (await Open(rabat)).Notes.Single().Text.ShouldBe("Rappeler lundi");
        (await Open(madrid)).Notes.ShouldBeEmpty();

        async Task<CaseFile> Open(Bureau bureau) =>
            (await bureau.Get<CaseDesk>().OpenAsync(bureau.Officer, sent.Case, Cancellation))!;
    }

    internal static async Task<SendResult.Sent> SendAsync(Bureau bureau, RequestDraft draft) =>
        (
            await bureau.Get<RequestDesk>().SendAsync(bureau.Officer, draft, Cancellation)
        ).ShouldBeOfType<SendResult.Sent>();

    internal static async Task<SendResult.Sent> AnswerAsync(Bureau bureau, AnswerDraft draft) =>
        (
            await bureau.Get<AnswerDesk>().AnswerAsync(bureau.Officer, draft, Cancellation)
        ).ShouldBeOfType<SendResult.Sent>();
}
