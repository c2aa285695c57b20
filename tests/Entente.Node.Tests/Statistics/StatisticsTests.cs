using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Exchange.Deadlines;
using Entente.Node.Features.Statistics;
using Entente.Node.Tests.Exchange;
using Entente.Node.Tests.Support;
using Entente.Protocol;

namespace Entente.Node.Tests.Statistics;

public sealed class StatisticsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Year_counts_requests_answers_delays_refusals_and_authorisations(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var (rabat, madrid, time) = pair;
        var answered = await pair.AskedAsync();
        var refused = await pair.AskedAsync();
        var judged = await pair.AskedAsync();
        await pair.AskedAsync(Drafts.Request() with { Urgency = "other" });
        await ExchangeTests.AnswerAsync(madrid, Drafts.Answer(answered.Message));
        var refusal = Drafts.Answer(refused.Message) with { Outcome = Outcome.Refused, Ground = "third-party" };
        await ExchangeTests.AnswerAsync(madrid, refusal with { Unrevealing = true });
        var wait = new ClockDraft(judged.Message, ClockStep.Await, "Le juge", time.GetUtcNow().AddDays(3));
        await ClockStepAsync(madrid, wait);
        await pair.SettleAsync();
        time.Advance(TimeSpan.FromDays(3));

        var here = await OfAsync(madrid, Supervisor(madrid));
        var there = await OfAsync(rabat, Supervisor(rabat));

        here.Lines.ShouldBe([
            new StatisticsLine("in", "MA", Urgent: true, 3, 2, 2, 0, 0, 1),
            new StatisticsLine("in", "MA", Urgent: false, 1, 0, 0, 0, 0, 0),
        ]);
        here.Grounds.ShouldBe([new GroundLine("in", "third-party", 1)]);
        there.Lines[0].ShouldBe(new StatisticsLine("out", "ES", Urgent: true, 3, 2, 2, 0, 0, 1));
        there.Grounds.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_the_guard_hides_is_not_counted(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        await pair.AskedAsync();
        var stranger = pair.Madrid.Officer with { Unit = "other" };

        (await OfAsync(pair.Madrid, stranger)).Lines.ShouldBeEmpty();
        (await OfAsync(pair.Madrid, pair.Madrid.Officer)).Lines.Single().Requests.ShouldBe(1);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("-2", "'-2")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("third-party", "third-party")]
    public void Cell_of_the_file_runs_nothing_in_a_spreadsheet(string text, string cell) =>
        StatisticsFile.Cell(text).ShouldBe(cell);

    [Fact]
    public void File_has_one_line_for_each_figure_and_ground()
    {
        var year = new StatisticsYear(
            2026,
            [new StatisticsLine("in", "MA", Urgent: true, 3, 2, 2, 0, 0, 1)],
            [new GroundLine("in", "=cmd", 1)]
        );

        var lines = StatisticsFile.Of(year).Split("\r\n");

        lines[1].ShouldBe("2026,requests,in,MA,urgent,3,2,2,0,0,1,,");
        lines[2].ShouldBe("2026,refusals,in,,,,,,,,,'=cmd,1");
        lines.Take(3).Select(line => line.Split(',').Length).Distinct().ShouldBe([13]);
    }

    private static async Task ClockStepAsync(Bureau bureau, ClockDraft draft) =>
        (
            await bureau.Get<ClockDesk>().SendAsync(bureau.Officer, draft, Cancellation)
        ).ShouldBeOfType<SendResult.Sent>();

    private static Task<StatisticsYear> OfAsync(Bureau bureau, Officer officer) =>
        bureau.Get<StatisticsBook>().OfAsync(officer, 2026, Cancellation);

    private static Officer Supervisor(Bureau bureau) =>
        bureau.Officer with
        {
            Unit = "direction",
            Roles = new HashSet<Role> { Role.Supervisor },
        };
}
