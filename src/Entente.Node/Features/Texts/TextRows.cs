using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

internal static class TextRows
{
    public static Task InsertAsync(Transaction t, TextRow row, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO joint_text
                (id, partner, country, kind, title, state, rank, disagreements, waiting, amends, meeting, changed_at, stale)
            VALUES (@Id, @Partner, @Country, @Kind, @Title, @State, @Rank, 0, 0, @Amends, @Meeting, @ChangedAt, @Stale)
            """;
        return t.RunAsync(sql, row, cancellation);
    }

    /// <summary>Something came or went: the row must be made anew from the messages.</summary>
    public static Task<int> TouchAsync(
        Transaction t,
        string id,
        int rank,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE joint_text SET stale = TRUE, changed_at = @At, rank = CASE WHEN rank < @Rank THEN @Rank ELSE rank END
            WHERE id = @Id
            """;
        return t.RunAsync(
            sql,
            new
            {
                Id = id,
                Rank = rank,
                At = at,
            },
            cancellation
        );
    }

    public static Task UpdateAsync(Transaction t, TextRow row, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE joint_text SET kind = @Kind, title = @Title, state = @State, disagreements = @Disagreements,
                waiting = @Waiting, amends = @Amends, meeting = @Meeting, sha256 = @Sha256, in_force_at = @InForceAt,
                stale = FALSE
            WHERE id = @Id
            """;
        return t.RunAsync(sql, row, cancellation);
    }
}
