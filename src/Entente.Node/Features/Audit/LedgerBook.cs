using System.Data.Common;
using System.Runtime.CompilerServices;
using Dapper;
using Entente.Node.Storage;

namespace Entente.Node.Features.Audit;

/// <summary>Reads the ledger page by page, newest first, each filter through an index of its own.</summary>
internal sealed class LedgerBook(Database database, TimeProvider clock)
{
    private const string Columns = "idx, at, actor, action, object, why, hash, link, json";

    // The same conditions five times, the first of them the one whose index is read.
    private const string Conditions = """
        AND idx >= @Low AND idx < @Before
        AND (@Object IS NULL OR object = @Object) AND (@Actor IS NULL OR actor = @Actor)
        AND (@Link IS NULL OR link = @Link) AND (@Action IS NULL OR action = @Action)
        ORDER BY idx DESC LIMIT @Limit
        """;

    /// <summary>At most <paramref name="limit"/> events before the index, newest first.</summary>
    public Task<IReadOnlyList<LedgerEntry>> EventsAsync(
        LedgerFilter filter,
        long? before,
        int limit,
        CancellationToken cancellation
    ) =>
        database.ReadAsync(
            async c =>
            {
                var span = await SpanAsync(c, filter, cancellation);
                return await PageAsync(c, filter, span, before, limit, cancellation);
            },
            cancellation
        );

    /// <summary>Every event of the filter, newest first, a page at a time: an export of any length.</summary>
    public async IAsyncEnumerable<LedgerEntry> AllAsync(
        LedgerFilter filter,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        const int page = 2000;
        long? before = null;
        while (await EventsAsync(filter, before, page, cancellation) is { Count: > 0 } events)
        {
            foreach (var e in events)
            {
                yield return e;
            }

            before = events[^1].Idx;
        }
    }

    public async Task<LedgerEntry?> FindAsync(long index, CancellationToken cancellation) =>
        (await EventsAsync(new LedgerFilter(), index + 1, 1, cancellation)).FirstOrDefault(e => e.Idx == index);

    private static async Task<IReadOnlyList<LedgerEntry>> PageAsync(
        DbConnection connection,
        LedgerFilter filter,
        (long Low, long High) span,
        long? before,
        int limit,
        CancellationToken cancellation
    )
    {
        const string byObject = $"SELECT {Columns} FROM ledger_leaf WHERE object = @Object {Conditions}";
        const string byActor = $"SELECT {Columns} FROM ledger_leaf WHERE actor = @Actor {Conditions}";
        const string byLink = $"SELECT {Columns} FROM ledger_leaf WHERE link = @Link {Conditions}";
        const string byAction = $"SELECT {Columns} FROM ledger_leaf WHERE action = @Action {Conditions}";
        const string all = $"SELECT {Columns} FROM ledger_leaf WHERE 1 = 1 {Conditions}";
        var sql = filter switch
        {
            { Object: not null } => byObject,
            { Actor: not null } => byActor,
            { Link: not null } => byLink,
            { Action: not null } => byAction,
            _ => all,
        };
        var values = new
        {
            filter.Object,
            filter.Actor,
            filter.Link,
            filter.Action,
            span.Low,
            Before = Math.Min(before ?? long.MaxValue, span.High),
            Limit = limit,
        };
        var rows = await connection.QueryAsync<LedgerEntry>(
            new CommandDefinition(sql, values, cancellationToken: cancellation)
        );
        return rows.AsList();
    }

    private async Task<(long Low, long High)> SpanAsync(
        DbConnection connection,
        LedgerFilter filter,
        CancellationToken cancellation
    )
    {
        var low = filter.From is { } from ? await FirstAsync(connection, Midnight(from), cancellation) : 0;
        var high = filter.To is { } to
            ? await FirstAsync(connection, Midnight(to.AddDays(1)), cancellation)
            : long.MaxValue;
        return (low, high);
    }

    private DateTimeOffset Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, clock.LocalTimeZone.GetUtcOffset(local));
    }

    /// <summary>
    /// The first event not before a moment, by halving: times rise with the index, so twenty small reads do what an index
    /// on every event would be kept for.
    /// </summary>
    private static async Task<long> FirstAsync(
        DbConnection connection,
        DateTimeOffset moment,
        CancellationToken cancellation
    )
    {
        const string size = "SELECT COALESCE(MAX(idx) + 1, 0) FROM ledger_leaf";
        const string time = "SELECT at FROM ledger_leaf WHERE idx = @Index";
        var (low, high) = (
            0L,
            await connection.ExecuteScalarAsync<long>(new CommandDefinition(size, cancellationToken: cancellation))
        );
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var at = await connection.ExecuteScalarAsync<long>(
                new CommandDefinition(time, new { Index = middle }, cancellationToken: cancellation)
            );
            (low, high) = at < moment.ToUnixTimeMilliseconds() ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
