using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
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

    internal IReadOnlyList<bool> Openness =>
        Show switch
        {
            "all" => [true, false],
            "answered" => [false],
            _ => [true],
        };
}

/// <summary>A row with what may be shown of its content; null where it is above the officer's clearance or erased.</summary>
public sealed record ListedRequest(RequestRow Row, string? Subject);

/// <summary>Where the next page begins.</summary>
public sealed record ListPage(IReadOnlyList<ListedRequest> Requests, PageKey? Next);

/// <summary>The inbox, most urgent first, and what was sent, newest first. What is searched for comes newest first.</summary>
internal sealed class RequestLists(Database database, SeenMessages messages, UseDoor door, RequestSearch search)
{
    public const int PageSize = 25;

    private static PageKey Oldest { get; } = new(DateTimeOffset.UnixEpoch, "");

    public async Task<ListPage> InboxAsync(
        Officer officer,
        ListFilter filter,
        PageKey? after,
        CancellationToken cancellation
    )
    {
        if (!search.IsFor(filter))
        {
            var rows = await RequestBranches.InboxAsync(database, officer, filter, after ?? Oldest, cancellation);
            return await PageAsync(officer, rows, row => row.SortAt, searched: false, cancellation);
        }

        var found = await search.FindAsync(officer, filter, "in", after, cancellation);
        return await PageAsync(officer, found, row => row.Sent, searched: true, cancellation);
    }

    public async Task<ListPage> SentAsync(
        Officer officer,
        ListFilter filter,
        PageKey? before,
        CancellationToken cancellation
    )
    {
        var rows = search.IsFor(filter)
            ? await search.FindAsync(officer, filter, filter.Both ? null : "out", before, cancellation)
            : await RequestBranches.SentAsync(database, officer, filter, before ?? PageKey.Newest, cancellation);
        return await PageAsync(officer, rows, row => row.Sent, search.IsFor(filter), cancellation);
    }

    /// <summary>Rows that somebody else chose, each with what the officer may see of it.</summary>
    public async Task<IReadOnlyList<ListedRequest>> ListedAsync(
        Officer officer,
        IReadOnlyList<RequestRow> rows,
        CancellationToken cancellation
    )
    {
        var listed = new List<ListedRequest>();
        foreach (var few in rows.Chunk(PageSize))
        {
            listed.AddRange((await PageAsync(officer, few, row => row.Sent, searched: false, cancellation)).Requests);
        }

        return listed;
    }

    /// <param name="rows">One more than the page holds, where there is a next.</param>
    private async Task<ListPage> PageAsync(
        Officer officer,
        IReadOnlyList<RequestRow> rows,
        Func<RequestRow, DateTimeOffset> key,
        bool searched,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<RequestRow> page = [.. rows.Take(PageSize)];
        IReadOnlyList<string> ids = [.. page.Select(row => row.Id)];
        var decided = await door.DecideAsync(officer, DisclosureAct.Search, ids, audience: null, cancellation);
        var opened = await messages.OpenAsync(
            [.. decided.Where(one => one.Value.Allowed).Select(one => one.Key)],
            cancellation
        );
        // That a word is in it tells of what it says: what is refused is not found.
        var listed = page.Where(row => !searched || decided.GetValueOrDefault(row.Id) is null or { Allowed: true })
            .Select(row => new ListedRequest(row, opened.GetValueOrDefault(row.Id)?.Message.Subject));
        var last = page.Count > 0 ? page[^1] : null;
        return new ListPage([.. listed], rows.Count > PageSize ? new PageKey(key(last!), last!.Id) : null);
    }
}
