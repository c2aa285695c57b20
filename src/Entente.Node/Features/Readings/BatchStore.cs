using System.Text.Json;
using System.Text.Json.Serialization;
using Entente.Node.Storage;

namespace Entente.Node.Features.Readings;

/// <summary>What became of the files handed in together.</summary>
internal sealed class BatchStore(Database database, Ids ids, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public Task<string> AddAsync(IReadOnlyList<Reception> outcome, string actor, CancellationToken cancellation) =>
        database.WriteAsync(
            async t =>
            {
                const string sql = """
                    INSERT INTO reading_batch (id, received_at, received_by, outcome)
                    VALUES (@Id, @At, @Actor, @Outcome)
                    """;
                var id = ids.New();
                var row = new
                {
                    Id = id,
                    At = clock.GetUtcNow(),
                    Actor = actor,
                    Outcome = JsonSerializer.Serialize(outcome, Json),
                };
                await t.RunAsync(sql, row, cancellation);
                return id;
            },
            cancellation
        );

    public async Task<IReadOnlyList<Reception>> FindAsync(string id, CancellationToken cancellation)
    {
        const string sql = "SELECT outcome FROM reading_batch WHERE id = @Id";
        var json = await database.ReadAsync(c => c.OneAsync<string>(sql, new { Id = id }, cancellation), cancellation);
        return json is null ? [] : JsonSerializer.Deserialize<List<Reception>>(json, Json)!; // Written by AddAsync.
    }
}
