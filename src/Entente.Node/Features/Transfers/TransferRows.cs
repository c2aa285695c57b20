using System.Globalization;
using Entente.Node.Storage;

namespace Entente.Node.Features.Transfers;

internal static class TransferRows
{
    private static readonly string[] Columns =
    [
        "MessageId",
        "CaseId",
        "At",
        "Actor",
        "Partner",
        "Country",
        "ToUnit",
        "Kind",
        "Profile",
        "Rank",
        "Handling",
        "Domain",
        "Basis",
        "Article",
        "Ground",
        "Data",
        "Persons",
        "Origins",
        "Authorised",
    ];

    private static readonly string[] CountColumns =
    [
        "Month",
        "Direction",
        "Partner",
        "Country",
        "Kind",
        "Domain",
        "Basis",
        "Ground",
        "Persons",
        "Count",
    ];

    /// <returns>Those whose file was not there: a restored node is given back what it had sent.</returns>
    public static async Task<IReadOnlyList<Transfer>> InsertAsync(
        Transaction transaction,
        IReadOnlyList<Transfer> transfers,
        CancellationToken cancellation
    )
    {
        const string known = "SELECT message_id FROM transfer WHERE message_id ";
        const string sql = """
            INSERT INTO transfer (message_id, case_id, at, actor, partner, country, to_unit, kind, profile, rank,
                handling, domain, basis, article, ground, data, persons, origins, authorised)
            VALUES (@MessageId, @CaseId, @At, @Actor, @Partner, @Country, @ToUnit, @Kind, @Profile, @Rank,
                @Handling, @Domain, @Basis, @Article, @Ground, @Data, @Persons, @Origins, @Authorised)
            """;
        if (transfers.Count == 0)
        {
            return [];
        }

        var dialect = new Dialect(transaction.Engine);
        var with = new { Ids = dialect.Many([.. transfers.Select(one => one.MessageId)]) };
        var there = (await transaction.ListAsync<string>(known + dialect.AmongMany, with, cancellation)).ToHashSet();
        Transfer[] filed = [.. transfers.Where(one => there.Add(one.MessageId))];
        await Bulk.ExecuteAsync(transaction, sql, Columns, [.. filed.Select(Values)], cancellation);
        return filed;
    }

    /// <summary>Adds to the record of processing, which has one row for all that are alike.</summary>
    public static Task CountAsync(
        Transaction transaction,
        string direction,
        IReadOnlyList<Transfer> transfers,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO processing_count (month, direction, partner, country, kind, domain, basis, ground, persons, count)
            VALUES (@Month, @Direction, @Partner, @Country, @Kind, @Domain, @Basis, @Ground, @Persons, @Count)
            ON CONFLICT (month, direction, partner, kind, domain, basis, ground, persons)
            DO UPDATE SET count = processing_count.count + excluded.count
            """;
        var alike = transfers.GroupBy(one =>
            (
                Month: one.At.ToString("yyyy-MM", CultureInfo.InvariantCulture),
                one.Partner,
                one.Country,
                one.Kind,
                one.Domain,
                one.Basis,
                one.Ground,
                one.Persons
            )
        );
        var rows = alike.Select(
            object?[] (a) =>
            {
                var k = a.Key;
                long count = a.Count();
                return
                [
                    k.Month,
                    direction,
                    k.Partner,
                    k.Country,
                    k.Kind,
                    k.Domain,
                    k.Basis,
                    k.Ground,
                    k.Persons,
                    count,
                ];
            }
        );
        return Bulk.ExecuteAsync(transaction, sql, CountColumns, [.. rows], cancellation);
    }

    private static object?[] Values(Transfer one) =>
        [
            one.MessageId,
            one.CaseId,
            one.At.ToUnixTimeMilliseconds(),
            one.Actor,
            one.Partner,
            one.Country,
            one.ToUnit,
            one.Kind,
            one.Profile,
            one.Rank,
            one.Handling,
            one.Domain,
            one.Basis,
            one.Article,
            one.Ground,
            one.Data,
            one.Persons,
            one.Origins,
            one.Authorised,
        ];
}
