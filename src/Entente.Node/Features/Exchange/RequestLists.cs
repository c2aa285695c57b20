using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>What of the inbox is asked for. Null means any.</summary>
public sealed record ListFilter
{
    /// <summary>`open` (default), `answered`, `all`.</summary>
    public string Show { get; init; } = "open";

    public string? Partner { get; init; }

    public string? Urgency { get; init; }

    /// <summary>What was sent and what was received, together.</summary>
    public bool Both { get; init; }

    /// <summary>Words of the subject line, of a subject's name, or the case's number: all must be there.</summary>
    public string? Words { get; init; }
}

/// <summary>A row with what may be shown of its content; null where it is above the officer's clearance or erased.</summary>
public sealed record ListedRequest(RequestRow Row, string? Subject);

/// <summary>Where the next page begins.</summary>
public sealed record ListPage(IReadOnlyList<ListedRequest> Requests, PageKey? Next);

/// <summary>The inbox, most urgent first, and what was sent, newest first.</summary>
internal sealed class RequestLists(Database database, MessageStore messages, SearchWords words)
{
    public const int PageSize = 25;

    /// <summary>More words than these are not looked at.</summary>
    private const int MaxWords = 4;

    public async Task<ListPage> InboxAsync(
        Officer officer,
        ListFilter filter,
        PageKey? after,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND (@All OR r.unit = @Unit OR r.unit = '')
                AND (@AnyState OR r.open = @Open) AND (@AnyPartner OR r.partner = @Partner)
                AND (@AnyUrgency OR r.urgency = @Urgency)
                AND (r.sort_at > @At OR (r.sort_at = @At AND r.id > @Id))
                AND (@WordCount = 0 OR (r.rank <= @Clearance AND @WordCount = (
                    SELECT COUNT(*) FROM request_word w WHERE w.request_id = r.id AND w.word IN (@Word0, @Word1, @Word2, @Word3))))
            ORDER BY r.sort_at, r.id
            LIMIT @Limit
            """;
        return await PageAsync(sql, officer, filter, after ?? Oldest, row => row.SortAt, cancellation);
    }

    public async Task<ListPage> SentAsync(
        Officer officer,
        ListFilter filter,
        PageKey? before,
        CancellationToken cancellation
    )
    {
        const string sql = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE (@Both OR r.direction = 'out') AND (@All OR r.unit = @Unit OR r.unit = '')
                AND (@AnyState OR r.open = @Open) AND (@AnyPartner OR r.partner = @Partner)
                AND (@AnyUrgency OR r.urgency = @Urgency)
                AND (r.sent < @At OR (r.sent = @At AND r.id < @Id))
                AND (@WordCount = 0 OR (r.rank <= @Clearance AND @WordCount = (
                    SELECT COUNT(*) FROM request_word w WHERE w.request_id = r.id AND w.word IN (@Word0, @Word1, @Word2, @Word3))))
            ORDER BY r.sent DESC, r.id DESC
            LIMIT @Limit
            """;
        return await PageAsync(sql, officer, filter, before ?? PageKey.Newest, row => row.Sent, cancellation);
    }

    private static PageKey Oldest { get; } = new(DateTimeOffset.UnixEpoch, "");

    private async Task<ListPage> PageAsync(
        string sql,
        Officer officer,
        ListFilter filter,
        PageKey from,
        Func<RequestRow, DateTimeOffset> key,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<string> hashes = [.. words.Hashes([filter.Words]).Take(MaxWords)];
        var values = new
        {
            All = officer.Is(Role.Supervisor),
            officer.Unit,
            filter.Both,
            AnyState = filter.Show == "all",
            Open = filter.Show != "answered",
            AnyPartner = string.IsNullOrEmpty(filter.Partner),
            filter.Partner,
            AnyUrgency = string.IsNullOrEmpty(filter.Urgency),
            filter.Urgency,
            from.At,
            from.Id,
            officer.Clearance,
            WordCount = hashes.Count,
            Word0 = hashes.ElementAtOrDefault(0),
            Word1 = hashes.ElementAtOrDefault(1),
            Word2 = hashes.ElementAtOrDefault(2),
            Word3 = hashes.ElementAtOrDefault(3),
            Limit = PageSize + 1,
        };
        var rows = await database.ReadAsync(c => c.ListAsync<RequestRow>(sql, values, cancellation), cancellation);
        var listed = new List<ListedRequest>();
        foreach (var row in rows.Take(PageSize))
        {
            listed.Add(new ListedRequest(row, await SubjectAsync(officer, row, cancellation)));
        }

        var last = listed.Count > 0 ? listed[^1].Row : null;
        return new ListPage(listed, rows.Count > PageSize ? new PageKey(key(last!), last!.Id) : null);
    }

    private async Task<string?> SubjectAsync(Officer officer, RequestRow row, CancellationToken cancellation) =>
        row.Rank <= officer.Clearance ? (await messages.OpenAsync(row.Id, cancellation))?.Message.Subject : null;
}
