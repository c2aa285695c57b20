using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Ministries and services.</summary>
internal static class Authorities
{
    public static async Task<string> RecogniseAsync(Entry entry, AcceptedBody body, CancellationToken cancellation)
    {
        var folded = FoldedName.Of(body.Name);
        const string known = """
            SELECT id, country FROM authority
            WHERE folded = @Folded AND (country = @Country OR country IS NULL OR @Country IS NULL)
            ORDER BY country
            """;
        var found = await entry.Transaction.OneAsync<Known>(known, new { Folded = folded, body.Country }, cancellation);
        if (found is null)
        {
            const string add = """
                INSERT INTO authority (id, country, name, folded) VALUES (@Id, @Country, @Name, @Folded)
                """;
            var id = entry.NewId();
            await entry.Transaction.RunAsync(
                add,
                new
                {
                    Id = id,
                    body.Country,
                    body.Name,
                    Folded = folded,
                },
                cancellation
            );
            entry.Collected("authority", id, "reading");
            return id;
        }

        if (found.Country is null && body.Country is not null)
        {
            const string complete = "UPDATE authority SET country = @Country WHERE id = @Id";
            await entry.Transaction.RunAsync(complete, new { found.Id, body.Country }, cancellation);
            entry.Altered("authority", found.Id, "completed");
        }

        return found.Id;
    }

    private sealed record Known
    {
        public string Id { get; init; } = "";
        public string? Country { get; init; }
    }
}
