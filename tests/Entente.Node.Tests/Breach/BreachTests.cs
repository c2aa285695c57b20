using Entente.Node.Features.Accounts;
using Entente.Node.Features.Approvals;
using Entente.Node.Features.Breach;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Breach;

public sealed class BreachTests
{
    private const string Words = "Un poste inventé a été perdu";

    private static readonly Officer Protection = People.Protection;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Breach_is_recorded_assessed_told_to_all_and_closed(string engine)
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine, clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine, clock);
        await rabat.LinkAsync(madrid);
        var message = await SendAsync(rabat, madrid);
        var id = await RecordAsync(rabat, clock);
        var desk = rabat.Get<BreachDesk>();

        (await desk.CloseAsync(Protection, id, Cancellation)).ShouldBeOfType<BreachError.RiskMissing>();
        (await AssessAsync(rabat, id, "high", message)).ShouldBeNull();
        (await desk.CloseAsync(Protection, id, Cancellation)).ShouldBeOfType<BreachError.Untold>();
        clock.Advance(TimeSpan.FromHours(71));
        (await desk.NotifiedAsync(Protection, id, clock.GetUtcNow(), "2026/17", "", Cancellation)).ShouldBeNull();
        (await desk.CloseAsync(Protection, id, Cancellation)).ShouldBeOfType<BreachError.Untold>();
        (await rabat.Get<BreachNotices>().SendAsync(Protection, id, "es", words: true, Cancellation)).ShouldBeNull();
        (
            await rabat.Get<BreachNotices>().SendAsync(Protection, id, "es", words: true, Cancellation)
        ).ShouldBeOfType<BreachError.NobodyToTell>();
        (await desk.PersonsToldAsync(Protection, id, Cancellation)).ShouldBeNull();
        (await NoticeAsync(rabat, id)).State.ShouldBe("sent");
        (await desk.CloseAsync(Protection, id, Cancellation)).ShouldBeOfType<BreachError.Untold>();
        await rabat.HandOverAsync(madrid);
        (await NoticeAsync(rabat, id)).ToldAt.ShouldBe(rabat.Now);
        (await desk.CloseAsync(Protection, id, Cancellation)).ShouldBeNull();
        (await AssessAsync(rabat, id, "risk", message)).ShouldBeOfType<BreachError.Closed>();

        var notice = (await madrid.Get<BreachBook>().FromPartnersAsync(Cancellation)).ShouldHaveSingleItem();
        (notice.Partner, notice.BreachId, notice.Nature, notice.Messages).ShouldBe(
            ("ma.interieur", id, "confidentiality", "")
        );
        var received = (await madrid.Get<MessageStore>().OpenAsync(notice.MessageId, Cancellation))!;
        received.Message.AsInformation()!.Text.ShouldContain(Words);
        received.Message.Subject.ShouldBe("Aviso de violación de datos personales");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task After_seventy_two_hours_the_delay_has_reasons(string engine)
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine, clock);
        var id = await RecordAsync(rabat, clock);
        await AssessAsync(rabat, id, "risk");
        clock.Advance(BreachCase.Time + TimeSpan.FromSeconds(1));
        var desk = rabat.Get<BreachDesk>();

        (
            await desk.NotifiedAsync(Protection, id, clock.GetUtcNow(), "", " ", Cancellation)
        ).ShouldBeOfType<BreachError.LateReasonMissing>();
        (
            await desk.NotifiedAsync(Protection, id, clock.GetUtcNow().AddDays(1), "", "", Cancellation)
        ).ShouldBeOfType<BreachError.InFuture>();
        (
            await desk.NotifiedAsync(Protection, id, clock.GetUtcNow(), "", "Jours fériés inventés", Cancellation)
        ).ShouldBeNull();

        (await rabat.LedgerAsync("decide")).ShouldContain("breach-notified-late");
        (await rabat.Get<BreachBook>().FindAsync(id, Cancellation))!.Facts.LateReason.ShouldBe("Jours fériés inventés");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Unlikely_risk_needs_no_notification_and_the_words_are_in_no_leaf(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        var id = await RecordAsync(rabat, TimeProvider.System);
        await AssessAsync(rabat, id, "unlikely");

        (await rabat.Get<BreachDesk>().CloseAsync(Protection, id, Cancellation)).ShouldBeNull();

        const string sql = "SELECT json FROM ledger_leaf";
        var leaves = await rabat.Database.ReadAsync(c => c.ListAsync<string>(sql, null, Cancellation), Cancellation);
        leaves.ShouldAllBe(leaf => !leaf.Contains("inventé", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Partner_is_told_when_it_has_the_notice_not_while_it_waits_for_approval(string engine)
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine, clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine, clock);
        await rabat.LinkAsync(madrid);
        var message = await SendAsync(rabat, madrid);
        var id = await RecordAsync(rabat, clock);
        await AssessAsync(rabat, id, "risk", message);
        await RiskAsync(rabat);

        (
            await rabat.Get<BreachNotices>().SendAsync(Protection, id, "es", words: true, Cancellation)
        ).ShouldBeOfType<BreachError.Waits>();
        var waiting = await NoticeAsync(rabat, id);
        (waiting.State, waiting.ToldAt).ShouldBe(("waiting", null));
        (
            await rabat.Get<BreachNotices>().SendAsync(Protection, id, "es", words: true, Cancellation)
        ).ShouldBeOfType<BreachError.NobodyToTell>();

        await DecideAsync(rabat, waiting.Approval!, grant: false); // It waits for one.
        (await NoticeAsync(rabat, id)).State.ShouldBe("refused");
        clock.Advance(TimeSpan.FromMinutes(1));
        await rabat.Get<BreachNotices>().SendAsync(Protection, id, "es", words: true, Cancellation);
        (await NoticeAsync(rabat, id)).State.ShouldBe("waiting");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Partner_in_a_third_country_is_told_without_a_transfer_ground_and_without_a_person(string engine)
    {
        var clock = new TestClock();
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine, clock);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine, clock);
        await rabat.LinkAsync(madrid);
        var theirs = await SendAsync(rabat, madrid);
        var draft = Drafts.Request("ma.interieur") with { Safeguards = Drafts.Transfer };
        var ours = (await madrid.Get<RequestDesk>().SendAsync(madrid.Officer, draft, Cancellation))
            .ShouldBeOfType<SendResult.Sent>()
            .Message;
        var id = await RecordAsync(madrid, clock);
        await AssessAsync(madrid, id, "risk", theirs, ours);
        var notices = madrid.Get<BreachNotices>();

        (await notices.SendAsync(Protection, id, "fr", words: false, Cancellation)).ShouldBeNull();

        await madrid.HandOverAsync(rabat);
        var told = (await rabat.Get<BreachBook>().FromPartnersAsync(Cancellation)).ShouldHaveSingleItem();
        told.Messages.ShouldBe(theirs); // What was held would be told by its number.
        var received = (await rabat.Get<MessageStore>().OpenAsync(told.MessageId, Cancellation))!.Message;
        received.AsInformation()!.Text.ShouldNotContain(Words);
        received.Transfer.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Line_that_names_somebody_does_not_leave(string engine)
    {
        await using var rabat = await Bureau.OpenAsync("ma.interieur", engine);
        await using var madrid = await Bureau.OpenAsync("es.interior", engine);
        await rabat.LinkAsync(madrid);
        var draft = Drafts.Request() with
        {
            Subjects = [new SubjectDraft(SubjectType.Person, "Poste INVENTÉ") { Category = "suspect" }],
        };
        var sent = await rabat.Get<RequestDesk>().SendAsync(rabat.Officer, draft, Cancellation);
        var id = await RecordAsync(rabat, TimeProvider.System);
        await AssessAsync(rabat, id, "risk", sent.ShouldBeOfType<SendResult.Sent>().Message);

        var error = await rabat.Get<BreachNotices>().SendAsync(Protection, id, "es", words: true, Cancellation);

        error.ShouldBeOfType<BreachError.NamesPerson>();
        (await rabat.Get<BreachBook>().FindAsync(id, Cancellation))!.Notices.ShouldBeEmpty();
    }

    private static Task RiskAsync(Bureau bureau)
    {
        var risk = new Risk
        {
            Country = "ES",
            Kind = "death-penalty",
            Domains = "",
            Source = "Code pénal inventé",
        };
        return bureau.Get<AssuranceBook>().PlaceAsync(Protection, risk, Cancellation);
    }

    private static async Task DecideAsync(Bureau bureau, string approval, bool grant)
    {
        var second = People.Of("second", Role.Protection, Role.Supervisor);
        (await bureau.Get<ApprovalDesk>().DecideAsync(second, approval, grant, "Vérifié", Cancellation)).ShouldBeNull();
    }

    private static async Task<BreachNoticeRow> NoticeAsync(Bureau bureau, string id) =>
        (await bureau.Get<BreachBook>().FindAsync(id, Cancellation))!.Notices[^1]; // It was recorded and told.

    private static async Task<string> SendAsync(Bureau rabat, Bureau madrid)
    {
        var sent = await rabat.Get<RequestDesk>().SendAsync(rabat.Officer, Drafts.Request(), Cancellation);
        await rabat.HandOverAsync(madrid);
        return sent.ShouldBeOfType<SendResult.Sent>().Message;
    }

    private static async Task<string> RecordAsync(Bureau rabat, TimeProvider clock)
    {
        var (id, error) = await rabat
            .Get<BreachDesk>()
            .RecordAsync(
                Protection,
                clock.GetUtcNow(),
                ["confidentiality"],
                new BreachFacts { What = Words },
                Cancellation
            );
        error.ShouldBeNull();
        return id!; // No error.
    }

    private static Task<BreachError?> AssessAsync(Bureau rabat, string id, string risk, params string[] messages) =>
        rabat
            .Get<BreachDesk>()
            .AssessAsync(Protection, id, risk, messages, new BreachFacts { What = Words }, Cancellation);
}
