using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange.Sums;

/// <summary>
/// Counts a marked day anew and moves its month by the difference. The requests are read before the transaction that keeps
/// the sums, so that nobody's writing waits for it.
/// </summary>
internal sealed class DayCounter(Database database)
{
    private static readonly string[] Columns =
    [
        "Country",
        "What",
        "Grain",
        "At",
        "Direction",
        "Code",
        "Urgent",
        "Rank",
        "Unit",
        "Aside",
        "Number",
        "Answered",
        "InTime",
        "Late",
        "Refused",
    ];

    /// <summary>Counts the next marked day after this one anew, null at the end. Each is counted once in a round.</summary>
    public async Task<StaleDay?> CountNextAsync(StaleDay last, CancellationToken cancellation)
    {
        const string next = """
            SELECT country, day FROM exchange_stale WHERE (country, day) > (@Country, @Day) ORDER BY country, day LIMIT 1
            """;
        const string marked = "SELECT mark FROM exchange_stale WHERE country = @Country AND day = @Day";
        var found = await database.ReadAsync(c => c.OneAsync<StaleDay>(next, last, cancellation), cancellation);
        if (found is not { } day)
        {
            return null;
        }

        // What changes from here on has a mark that is not among these, and the day is counted once more.
        var marks = await database.ReadAsync(c => c.ListAsync<string>(marked, day, cancellation), cancellation);
        var counted = new List<(string What, IReadOnlyList<SumRow> Rows)>();
        foreach (var what in SumOf.All)
        {
            counted.Add((what, await CountAsync(day, what, cancellation)));
        }

        await database.WriteBehindAsync(t => KeepAsync(t, day, marks, counted, cancellation), cancellation);
        return day;
    }

    /// <summary>Before any transaction: a day may have a hundred thousand requests.</summary>
    private Task<IReadOnlyList<SumRow>> CountAsync(StaleDay day, string what, CancellationToken cancellation)
    {
        const string sql = $"""
            SELECT c.direction, c.code, c.urgent, c.rank, c.unit, c.aside, CAST(SUM(c.number) AS BIGINT) AS number,
                CAST(SUM(c.answered) AS BIGINT) AS answered, CAST(SUM(c.in_time) AS BIGINT) AS in_time,
                CAST(SUM(c.late) AS BIGINT) AS late, CAST(SUM(c.refused) AS BIGINT) AS refused
            FROM (
                SELECT {ExchangeSums.Ones} FROM {ExchangeSums.Counted}
                    AND r.country = @Country AND r.sent >= @Day AND r.sent < @Next
            ) c
            GROUP BY c.direction, c.code, c.urgent, c.rank, c.unit, c.aside
            """;
        var with = new
        {
            day.Country,
            day.Day,
            Next = day.Day.AddDays(1),
            What = what,
        };
        return database.ReadAsync(c => c.ListAsync<SumRow>(sql, with, cancellation), cancellation);
    }

    private static async Task<bool> KeepAsync(
        Transaction t,
        StaleDay day,
        IReadOnlyList<string> marks,
        IReadOnlyList<(string What, IReadOnlyList<SumRow> Rows)> counted,
        CancellationToken cancellation
    )
    {
        // Instances keep one after the other.
        const string alone = "UPDATE setting SET value = value WHERE name = 'figures.followed'";
        const string forget = """
            DELETE FROM exchange_sum WHERE country = @Country AND what = @What AND grain = 'day' AND at = @Day
            """;
        var dialect = new Dialect(t.Engine);
        var left =
            $"SELECT COUNT(*) FROM exchange_stale WHERE country = @Country AND day = @Day AND mark {dialect.AmongMany}";
        var unmark = $"DELETE FROM exchange_stale WHERE country = @Country AND day = @Day AND mark {dialect.AmongMany}";
        var these = new
        {
            day.Country,
            day.Day,
            Ids = dialect.Many(marks),
        };
        await t.RunAsync(alone, null, cancellation);
        if (await t.OneAsync<long>(left, these, cancellation) < marks.Count)
        {
            return false; // Another instance has kept the day meanwhile, counted later than this.
        }

        await t.RunAsync(unmark, these, cancellation);
        foreach (var (what, rows) in counted)
        {
            await AddAsync(t, day, what, -1, cancellation);
            await t.RunAsync(
                forget,
                new
                {
                    day.Country,
                    What = what,
                    day.Day,
                },
                cancellation
            );
            await InsertAsync(t, day, what, rows, cancellation);
            await AddAsync(t, day, what, 1, cancellation);
        }

        return true;
    }

    private static Task InsertAsync(
        Transaction t,
        StaleDay day,
        string what,
        IReadOnlyList<SumRow> rows,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO exchange_sum (country, what, grain, at, direction, code, urgent, rank, unit, aside,
                number, answered, in_time, late, refused)
            VALUES (@Country, @What, @Grain, @At, @Direction, @Code, @Urgent, @Rank, @Unit, @Aside,
                @Number, @Answered, @InTime, @Late, @Refused)
            """;
        var values = rows.Select(r =>
            new object?[]
            {
                day.Country,
                what,
                "day",
                day.Day.ToUnixTimeMilliseconds(),
                r.Direction,
                r.Code,
                r.Urgent,
                r.Rank,
                r.Unit,
                r.Aside,
                (long)r.Number,
                (long)r.Answered,
                (long)r.InTime,
                (long)r.Late,
                (long)r.Refused,
            }
        );
        return Bulk.ExecuteAsync(t, sql, Columns, [.. values], cancellation);
    }

    /// <summary>Takes the day's sums from its month's, or adds them.</summary>
    private static async Task AddAsync(
        Transaction t,
        StaleDay day,
        string what,
        int sign,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO exchange_sum (country, what, grain, at, direction, code, urgent, rank, unit, aside,
                number, answered, in_time, late, refused)
            SELECT s.country, s.what, 'month', CAST(@Month AS BIGINT), s.direction, s.code, s.urgent, s.rank, s.unit, s.aside,
                @Sign * s.number, @Sign * s.answered, @Sign * s.in_time, @Sign * s.late, @Sign * s.refused
            FROM exchange_sum s
            WHERE s.country = @Country AND s.what = @What AND s.grain = 'day' AND s.at = @Day
            ON CONFLICT (country, what, grain, at, direction, code, urgent, rank, unit, aside) DO UPDATE SET
                number = exchange_sum.number + excluded.number, answered = exchange_sum.answered + excluded.answered,
                in_time = exchange_sum.in_time + excluded.in_time, late = exchange_sum.late + excluded.late,
                refused = exchange_sum.refused + excluded.refused
            """;
        const string none = """
            DELETE FROM exchange_sum
            WHERE country = @Country AND what = @What AND grain = 'month' AND at = @Month AND number = 0
            """;
        var with = new
        {
            day.Country,
            day.Day,
            Month = Months.Beginning(day.Day),
            What = what,
            Sign = sign,
        };
        await t.RunAsync(sql, with, cancellation);
        if (sign > 0)
        {
            await t.RunAsync(none, with, cancellation);
        }
    }
}

/// <summary>A day of UTC whose requests with a state have changed since they were counted.</summary>
internal sealed record StaleDay
{
    public static readonly StaleDay BeforeAll = new() { Country = "", Day = DateTimeOffset.UnixEpoch };

    public required string Country { get; init; }
    public required DateTimeOffset Day { get; init; }
}
