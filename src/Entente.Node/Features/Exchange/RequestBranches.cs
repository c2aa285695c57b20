using System.Data.Common;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>
/// A page of a list out of a store of any size. Each branch (direction, open or not, unit) is one range of one index and
/// reads no more rows than a page shows; the branches are put in order here. One statement with a flag for every filter
/// would read everything that it then leaves out.
/// </summary>
internal static class RequestBranches
{
    private const int Most = RequestLists.PageSize + 1;

    public static Task<IReadOnlyList<RequestRow>> InboxAsync(
        Database database,
        Officer officer,
        ListFilter filter,
        PageKey after,
        CancellationToken cancellation
    )
    {
        const string all = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND r.open = @Open AND (r.sort_at, r.id) > (@At, @Id)
                AND (@Urgency = '' OR r.urgency = @Urgency)
            ORDER BY r.sort_at, r.id LIMIT @Most
            """;
        const string ofUnit = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND r.unit = @Unit AND r.open = @Open AND (r.sort_at, r.id) > (@At, @Id)
                AND (@Urgency = '' OR r.urgency = @Urgency)
            ORDER BY r.sort_at, r.id LIMIT @Most
            """;
        const string ofPartner = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = 'in' AND r.partner = @Partner AND r.open = @Open AND (r.sort_at, r.id) > (@At, @Id)
                AND (@Urgency = '' OR r.urgency = @Urgency) AND (@All OR r.unit = @OwnUnit OR r.unit = '')
            ORDER BY r.sort_at, r.id LIMIT @Most
            """;
        return database.ReadAsync<IReadOnlyList<RequestRow>>(
            async c =>
            {
                var rows = await ReadAsync(c, officer, filter, (all, ofUnit, ofPartner), ["in"], after, cancellation);
                return [.. rows.OrderBy(r => r.SortAt).ThenBy(r => r.Id, StringComparer.Ordinal).Take(Most)];
            },
            cancellation
        );
    }

    public static Task<IReadOnlyList<RequestRow>> SentAsync(
        Database database,
        Officer officer,
        ListFilter filter,
        PageKey before,
        CancellationToken cancellation
    )
    {
        const string all = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = @Direction AND r.open = @Open AND (r.sent, r.id) < (@At, @Id)
                AND (@Urgency = '' OR r.urgency = @Urgency)
            ORDER BY r.sent DESC, r.id DESC LIMIT @Most
            """;
        const string ofUnit = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = @Direction AND r.unit = @Unit AND r.open = @Open AND (r.sent, r.id) < (@At, @Id)
                AND (@Urgency = '' OR r.urgency = @Urgency)
            ORDER BY r.sent DESC, r.id DESC LIMIT @Most
            """;
        const string ofPartner = $"""
            SELECT {RequestRow.Columns} FROM request r
            WHERE r.direction = @Direction AND r.partner = @Partner AND r.open = @Open AND (r.sent, r.id) < (@At, @Id)
                AND (@Urgency = '' OR r.urgency = @Urgency) AND (@All OR r.unit = @OwnUnit OR r.unit = '')
            ORDER BY r.sent DESC, r.id DESC LIMIT @Most
            """;
        IReadOnlyList<string> directions = filter.Both ? ["out", "in"] : ["out"];
        return database.ReadAsync<IReadOnlyList<RequestRow>>(
            async c =>
            {
                var rows = await ReadAsync(
                    c,
                    officer,
                    filter,
                    (all, ofUnit, ofPartner),
                    directions,
                    before,
                    cancellation
                );
                return
                [
                    .. rows.OrderByDescending(r => r.Sent)
                        .ThenByDescending(r => r.Id, StringComparer.Ordinal)
                        .Take(Most),
                ];
            },
            cancellation
        );
    }

    private static async Task<List<RequestRow>> ReadAsync(
        DbConnection connection,
        Officer officer,
        ListFilter filter,
        (string All, string OfUnit, string OfPartner) sql,
        IReadOnlyList<string> directions,
        PageKey from,
        CancellationToken cancellation
    )
    {
        var everyUnit = officer.Is(Role.Supervisor);
        var anyPartner = string.IsNullOrEmpty(filter.Partner);
        // What was addressed to no unit of ours is everybody's.
        string[] units = everyUnit || !anyPartner ? [""] : [.. new[] { officer.Unit, "" }.Distinct()];
        var chosen =
            !anyPartner ? sql.OfPartner
            : everyUnit ? sql.All
            : sql.OfUnit;
        var rows = new List<RequestRow>();
        foreach (var (direction, open, unit) in Branches(directions, filter.Openness, units))
        {
            var values = new
            {
                Direction = direction,
                Open = open,
                Unit = unit,
                filter.Partner,
                Urgency = filter.Urgency ?? "",
                All = everyUnit,
                OwnUnit = officer.Unit,
                from.At,
                from.Id,
                Most,
            };
            rows.AddRange(await connection.ListAsync<RequestRow>(chosen, values, cancellation));
        }

        return rows;
    }

    private static IEnumerable<(string Direction, bool Open, string Unit)> Branches(
        IReadOnlyList<string> directions,
        IReadOnlyList<bool> openness,
        string[] units
    ) => from direction in directions from open in openness from unit in units select (direction, open, unit);
}
