using Entente.Node.Storage;

namespace Entente.Node.Features.Transfers;

internal static class TransferRows
{
    /// <returns>0 where its file is there.</returns>
    public static Task<int> InsertAsync(Transaction transaction, Transfer one, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO transfer (message_id, case_id, at, actor, partner, country, to_unit, kind, profile, rank,
                handling, domain, basis, article, ground, data, persons, origins, authorised)
            VALUES (@MessageId, @CaseId, @At, @Actor, @Partner, @Country, @ToUnit, @Kind, @Profile, @Rank,
                @Handling, @Domain, @Basis, @Article, @Ground, @Data, @Persons, @Origins, @Authorised)
            ON CONFLICT (message_id) DO NOTHING
            """;
        return transaction.RunAsync(sql, one, cancellation);
    }
}
