using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange.Sums;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Exchange.Sums;

/// <summary>The sums of the exchange say what a count over all its requests says, whatever happened and whenever it is asked.</summary>
public sealed class SumTests
{
    private const int Steps = 60;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Seeds))]
    public async Task Sums_are_those_of_all_requests_after_any_history(string engine, ulong seed)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var chance = new Chance(seed);
        var history = new RandomExchange(pair, chance);
        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
            if (chance.Next(0, 4) == 0)
            {
                await pair.Rabat.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);
                await pair.Madrid.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);
            }

            if (chance.Next(0, 3) == 0)
            {
                await AgreeAsync(pair.Rabat, "ES", pair, chance, history.Told);
                await AgreeAsync(pair.Madrid, "MA", pair, chance, history.Told);
            }
        }

        await pair.Madrid.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);
        await AgreeAsync(pair.Madrid, "MA", pair, chance, history.Told);
        (await StaleAsync(pair.Madrid)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Sums_hold_when_two_instances_count_the_same_days_while_requests_change(string engine, ulong seed)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var chance = new Chance(seed);
        var history = new RandomExchange(pair, chance);
        var keeper = pair.Madrid.Get<SumKeeper>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var instances = new[] { KeepOnAsync(), KeepOnAsync() };
        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync();
            if (chance.Next(0, 4) == 0)
            {
                await AgreeAsync(pair.Madrid, "MA", pair, chance, history.Told);
            }
        }

        await over.CancelAsync();
        await Task.WhenAll(instances);
        await keeper.KeepAsync(rest: 0, Cancellation);
        await AgreeAsync(pair.Madrid, "MA", pair, chance, history.Told);
        (await StaleAsync(pair.Madrid)).ShouldBe(0);

        async Task KeepOnAsync()
        {
            while (!over.IsCancellationRequested)
            {
                await keeper.KeepAsync(rest: 0, Cancellation);
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Cancellation);
            }
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_changes_between_the_count_of_a_day_and_its_keeping_is_counted_again(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var asked = (await pair.AskedAsync()).Message;
        await pair.Madrid.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);
        await pair.Madrid.Database.WriteAsync(t => StaleDays.MarkAsync(t, asked, Cancellation), Cancellation);
        var held = new TaskCompletionSource();
        var change = pair.Madrid.Database.WriteAsync(
            async t =>
            {
                await held.Task;
                const string sql = "UPDATE request SET urgency = 'other' WHERE id = @Id";
                await t.RunAsync(sql, new { Id = asked }, Cancellation);
                await StaleDays.MarkAsync(t, asked, Cancellation);
            },
            Cancellation
        );

        var counting = pair.Madrid.Get<DayCounter>().CountNextAsync(StaleDay.BeforeAll, Cancellation);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, Cancellation); // It counts, and waits to keep.
        held.SetResult();
        await Task.WhenAll(change, counting);

        (await AllAsync(pair.Madrid)).Urgent.ShouldBeFalse();
        await pair.Madrid.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);
        (await AllAsync(pair.Madrid)).Urgent.ShouldBeFalse();
        (await StaleAsync(pair.Madrid)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_late_answer_changes_the_sums_of_the_month_in_which_it_was_asked(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var asked = await pair.AskedAsync();
        await pair.Madrid.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);
        pair.Time.Advance(TimeSpan.FromDays(70));
        await pair.AskedAsync();
        await ExchangeTests.AnswerAsync(pair.Madrid, Drafts.Answer(asked.Message));
        await pair.SettleAsync();
        await pair.Madrid.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);

        var march = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        var rows = await SumsAsync(pair.Madrid, "MA", SumOf.Requests, (march, march.AddMonths(1)));

        rows.Single().Number.ShouldBe(1);
        rows.Single().Answered.ShouldBe(1);
        rows.Single().Late.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task An_answer_that_left_in_time_and_arrives_late_is_late_at_once(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        var asked = await pair.AskedAsync();
        await ExchangeTests.AnswerAsync(pair.Madrid, Drafts.Answer(asked.Message));
        await pair.Madrid.Get<SumKeeper>().KeepAsync(rest: 0, Cancellation);
        (await AllAsync(pair.Madrid)).InTime.ShouldBe(1);

        pair.Time.Advance(TimeSpan.FromDays(2));
        await pair.SettleAsync();

        (await AllAsync(pair.Madrid)).Late.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task A_page_asks_for_nothing_to_be_written(string engine)
    {
        await using var pair = await Clocked.OpenAsync(engine);
        await pair.AskedAsync();

        (await AllAsync(pair.Madrid)).Number.ShouldBe(1);

        const string sql = "SELECT COUNT(*) FROM exchange_sum";
        (await pair.Madrid.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation)).ShouldBe(
            0
        );
    }

    private static async Task<SumRow> AllAsync(Bureau bureau) =>
        (await SumsAsync(bureau, "MA", SumOf.Requests, (DateTimeOffset.UnixEpoch, null))).Single();

    public static TheoryData<string, ulong> Seeds()
    {
        var data = new TheoryData<string, ulong>();
        foreach (var engine in new[] { nameof(Engine.Sqlite), nameof(Engine.Postgres) })
        {
            for (ulong seed = 1; seed <= 3; seed++)
            {
                data.Add(engine, seed);
            }
        }

        return data;
    }

    private static async Task AgreeAsync(Bureau bureau, string country, Clocked pair, Chance chance, string told)
    {
        var begin = new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
        var from = begin.AddHours(chance.Next(0, 24 * 60));
        DateTimeOffset? to = chance.Next(0, 2) == 0 ? null : from.AddHours(chance.Next(0, 24 * 120));
        foreach (var what in SumOf.All)
        {
            foreach (
                var time in new[]
                {
                    (from, to),
                    (begin, null),
                    (Months.Day(from), to is null ? to : Months.Day(to.Value)),
                }
            )
            {
                var sums = await SumsAsync(bureau, country, what, time);
                var counted = await CountedRequests.OfAsync(bureau, Everybody(bureau), country, what, time);
                string.Join('\n', sums.Select(CountedRequests.Line).Order())
                    .ShouldBe(string.Join('\n', counted), $"{bureau.Node} {what} {time} {told}");
            }
        }
    }

    private static async Task<IReadOnlyList<SumRow>> SumsAsync(
        Bureau bureau,
        string country,
        string what,
        (DateTimeOffset, DateTimeOffset?) time
    )
    {
        await using var connection = await bureau.Database.OpenAsync(Cancellation);
        return await bureau
            .Get<ExchangeSums>()
            .OfAsync(connection, Everybody(bureau), country, what, time, Cancellation);
    }

    private static Officer Everybody(Bureau bureau) =>
        bureau.Officer with
        {
            Roles = new HashSet<Role> { Role.Supervisor, Role.Protection },
            Clearance = 3,
        };

    private static Task<long> StaleAsync(Bureau bureau)
    {
        const string sql = "SELECT COUNT(*) FROM exchange_stale";
        return bureau.Database.ReadAsync(c => c.OneAsync<long>(sql, null, Cancellation), Cancellation);
    }
}
