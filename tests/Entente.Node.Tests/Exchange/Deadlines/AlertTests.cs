using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange.Deadlines;

public sealed class AlertTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Unit_is_alerted_in_the_last_quarter_and_the_supervisor_in_the_last_tenth(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (_, madrid, time) = pair;
        await pair.AskedAsync();
        var supervisor = madrid.Officer with
        {
            Unit = "direction",
            Roles = new HashSet<Role> { Role.Supervisor },
        };

        time.Advance(TimeSpan.FromHours(5));
        (await AlertsAsync(madrid)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromHours(1.5));
        (await AlertsAsync(madrid)).Single().Level.ShouldBe(AlertLevel.Unit);
        (await AlertsAsync(madrid, supervisor)).ShouldBeEmpty();
        time.Advance(TimeSpan.FromHours(1));
        (await AlertsAsync(madrid)).Single().Level.ShouldBe(AlertLevel.Supervisor);
        (await AlertsAsync(madrid, supervisor)).Count.ShouldBe(1);
        (await madrid.Get<AlertBook>().CountAsync(supervisor, Cancellation)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Stopped_clock_alerts_nobody_and_an_answered_request_neither(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var sent = await pair.AskedAsync();
        var other = await pair.AskedAsync();
        await ClockTests.StepAsync(madrid, new ClockDraft(sent.Message, ClockStep.Ask, "Quoi ?"));
        await ExchangeTests.AnswerAsync(madrid, Drafts.Answer(other.Message));
        await madrid.HandOverAsync(rabat);

        time.Advance(TimeSpan.FromDays(2));

        (await AlertsAsync(madrid)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Unit_on_duty_is_alerted_while_the_other_sleeps_and_takes_the_case_over(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (_, madrid, time) = pair;
        await UnitAsync(madrid, "permanence");
        var night = madrid.Officer with { Unit = "permanence" };
        var desk = DutyHours.Always("liaison") with { Days = "", DutyUnit = "permanence" };
        var supervisor = madrid.Officer with { Roles = new HashSet<Role> { Role.Supervisor } };
        (await madrid.Get<DutyBook>().SaveAsync(supervisor, desk, Cancellation)).ShouldBeTrue();
        var sent = await pair.AskedAsync();
        var due = (await madrid.RowAsync(sent.Message)).Due;

        time.Advance(TimeSpan.FromHours(7));
        var alerted = (await AlertsAsync(madrid, night)).Single();
        alerted.StandsIn.ShouldBeTrue();
        (await madrid.Get<CaseDesk>().OpenAsync(night, sent.Case, Cancellation)).ShouldBeNull();
        (await madrid.Get<TakeOver>().TakeAsync(night, sent.Message, Cancellation)).ShouldBeTrue();

        (await madrid.Get<CaseDesk>().OpenAsync(night, sent.Case, Cancellation)).ShouldNotBeNull();
        var row = await madrid.RowAsync(sent.Message);
        row.Unit.ShouldBe("permanence");
        row.Due.ShouldBe(due);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Unit_not_on_duty_sees_no_alert_and_takes_nothing_over(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (_, madrid, time) = pair;
        await UnitAsync(madrid, "permanence");
        var night = madrid.Officer with { Unit = "permanence" };
        var sent = await pair.AskedAsync();

        time.Advance(TimeSpan.FromHours(7));

        (await AlertsAsync(madrid, night)).ShouldBeEmpty();
        (await madrid.Get<TakeOver>().TakeAsync(night, sent.Message, Cancellation)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-03-02T10:00", true)] // A Monday.
    [InlineData("2026-03-02T07:59", false)]
    [InlineData("2026-03-02T17:00", false)]
    [InlineData("2026-03-01T10:00", false)] // A Sunday.
    [InlineData("2026-03-03T10:00", false)] // A holiday.
    public void Desk_is_manned_in_its_hours_on_working_days_but_holidays(string local, bool manned) =>
        Weekdays.IsAtDesk(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(manned);

    [Theory]
    [InlineData("2026-03-02T23:00", true)]
    [InlineData("2026-03-03T05:59", true)]
    [InlineData("2026-03-03T12:00", false)]
    public void Hours_may_go_past_midnight(string local, bool manned) =>
        (DutyHours.Always("nuit") with { Days = "1", Opens = 22 * 60, Closes = 6 * 60 })
            .IsAtDesk(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture))
            .ShouldBe(manned);

    private static DutyHours Weekdays { get; } =
        DutyHours.Always("liaison") with
        {
            Days = "1,2,3,4,5",
            Opens = 8 * 60,
            Closes = 17 * 60,
            Holidays = "2026-03-03 2026-05-01",
        };

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task More_alerts_than_a_page_are_read_page_by_page_and_all_counted(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (_, madrid, time) = pair;
        var asked = new HashSet<string>();
        for (var i = 0; i < AlertBook.PageSize + 3; i++)
        {
            asked.Add((await pair.AskedAsync()).Message);
        }

        time.Advance(TimeSpan.FromDays(1));
        var supervisor = madrid.Officer with
        {
            Roles = new HashSet<Role> { Role.Officer, Role.Supervisor },
        };
        var first = await madrid.Get<AlertBook>().OfAsync(supervisor, after: null, Cancellation);
        var second = await madrid.Get<AlertBook>().OfAsync(supervisor, first.Next, Cancellation);

        (first.Alerts.Count, second.Alerts.Count, second.Next).ShouldBe((AlertBook.PageSize, 3, null));
        first.Alerts.Concat(second.Alerts).Select(alert => alert.Row.Id).ShouldBe(asked, ignoreOrder: true);
        (await madrid.Get<AlertBook>().CountAsync(supervisor, Cancellation)).ShouldBe(asked.Count);
    }

    private static async Task<IReadOnlyList<Alerted>> AlertsAsync(Bureau bureau, Officer? officer = null) =>
        (await bureau.Get<AlertBook>().OfAsync(officer ?? bureau.Officer, after: null, Cancellation)).Alerts;

    private static Task UnitAsync(Bureau bureau, string slug)
    {
        var unit = new Unit
        {
            Slug = slug,
            Names = new Dictionary<string, string> { ["fr"] = slug },
        };
        var units = bureau.Get<UnitBook>();
        return bureau.Database.WriteAsync(t => units.SaveAsync(t, unit, Officer.NodeActor, Cancellation), Cancellation);
    }
}
