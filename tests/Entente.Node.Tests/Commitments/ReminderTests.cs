using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Commitments;
using Entente.Node.Features.Record;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Commitments;

public sealed class ReminderTests
{
    private static readonly Officer Desk = new(
        "u-desk",
        "bureau",
        "Bureau",
        "cooperation",
        new HashSet<Role> { Role.Desk },
        Clearance: 1
    );

    private static readonly Officer Liaison = Desk with
    {
        Login = "liaison",
        Unit = "liaison",
        Roles = new HashSet<Role> { Role.Officer },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-06-15", null)]
    [InlineData("2026-06-14", "month")]
    [InlineData("2026-05-22", "week")]
    [InlineData("2026-05-16", "day")]
    [InlineData("2026-05-15", "day")]
    [InlineData("2026-05-14", "overdue")]
    [InlineData("2026-05", "month")]
    [InlineData("2026", null)]
    [InlineData("2025", "overdue")]
    public void A_reminder_grows_with_the_day(string due, string? stage) =>
        ReminderStages.Of(due, new DateOnly(2026, 5, 15)).ShouldBe(stage);

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Each_reminder_reaches_the_owner_unit_until_it_is_seen_and_the_next_comes_by_itself(string engine)
    {
        var clock = new TestClock(DateTimeOffset.Parse("2026-05-01T08:00:00Z", CultureInfo.InvariantCulture));
        await using var store = await TestStore.CreateAsync(engine, clock);
        await using var services = store.Services();
        var book = services.GetRequiredService<ReminderBook>();
        var owned = await PromiseAsync(services, "2026-05-20", "liaison");
        await PromiseAsync(services, "2026-05-25", null);

        (await book.CountAsync(Desk, Cancellation)).ShouldBe(1);
        var first = (await book.OfAsync(Liaison, Cancellation)).ShouldHaveSingleItem();
        (first.Commitment.Id, first.Stage).ShouldBe((owned, "month"));

        await book.SeenAsync(Desk, owned, Cancellation);
        (await book.CountAsync(Liaison, Cancellation)).ShouldBe(1, "it is not the desk's");
        await book.SeenAsync(Liaison, owned, Cancellation);
        (await book.CountAsync(Liaison, Cancellation)).ShouldBe(0);
        clock.Advance(TimeSpan.FromDays(13));
        (await book.OfAsync(Liaison, Cancellation)).ShouldHaveSingleItem().Stage.ShouldBe("week");
        await book.SeenAsync(Liaison, owned, Cancellation);
        clock.Advance(TimeSpan.FromDays(30));
        (await book.OfAsync(Liaison, Cancellation)).ShouldHaveSingleItem().Stage.ShouldBe("overdue");
    }

    [Fact]
    public async Task The_desk_finds_its_reminders_where_it_begins_and_puts_them_away()
    {
        await using var node = await RunningNode.StartAsync();
        using var desk = await node.SignedInAsync("bureau", Role.Desk);
        var id = await PromiseAsync(node.Services, "2020-01-01", null);

        var home = await desk.GetAsync("/", Cancellation);

        home.Url.AbsolutePath.ShouldBe("/record");
        home.Document.QuerySelector("nav a[href='/commitments'] .badge")!.TextContent.ShouldStartWith("1"); // It waits.
        var after = await desk.SubmitAsync(home, $"/commitments/{id}/seen", [], Cancellation);
        after.Url.AbsolutePath.ShouldBe("/record");
        after.Document.QuerySelector("nav a[href='/commitments'] .badge").ShouldBeNull();
    }

    private static async Task<string> PromiseAsync(IServiceProvider services, string due, string? unit)
    {
        var facts = new CommitmentFacts
        {
            Type = "training",
            Wording = "Former vingt agents.",
            Due = due,
            OwnUnit = unit,
        };
        var (id, refusal) = await services
            .GetRequiredService<RecordEntries>()
            .AddCommitmentAsync("ES", facts, null, "bureau", Cancellation);
        refusal.ShouldBeNull();
        return id!; // Not refused.
    }
}
