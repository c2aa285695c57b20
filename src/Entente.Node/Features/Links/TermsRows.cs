using System.Text.Json;
using Entente.Node.Storage;

namespace Entente.Node.Features.Links;

/// <summary>Terms that one side proposed and the other has to adopt.</summary>
internal sealed class TermsRows(Database database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Task InsertAsync(
        Transaction t,
        string id,
        string partner,
        bool outgoing,
        ProposedTerms terms,
        string by,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        const string sql = """
            INSERT INTO link_proposal (id, partner, direction, terms, state, proposed_by, at)
            VALUES (@Id, @Partner, @Direction, @Terms, 'open', @By, @At)
            ON CONFLICT (id) DO NOTHING
            """;
        var values = new
        {
            Id = id,
            Partner = partner,
            Direction = outgoing ? "out" : "in",
            Terms = JsonSerializer.Serialize(terms, Json),
            By = by,
            At = at,
        };
        return t.RunAsync(sql, values, cancellation);
    }

    /// <returns>0 where it was settled before, or is not that partner's.</returns>
    public static Task<int> AdoptAsync(
        Transaction t,
        string id,
        string partner,
        bool outgoing,
        CancellationToken cancellation
    )
    {
        const string sql = """
            UPDATE link_proposal SET state = 'adopted'
            WHERE id = @Id AND partner = @Partner AND direction = @Direction AND state = 'open'
            """;
        var values = new
        {
            Id = id,
            Partner = partner,
            Direction = outgoing ? "out" : "in",
        };
        return t.RunAsync(sql, values, cancellation);
    }

    /// <summary>What we proposed and the partner has not settled; null where there is no such proposal.</summary>
    public static async Task<ProposedTerms?> ProposedAsync(
        Transaction t,
        string id,
        string partner,
        CancellationToken cancellation
    )
    {
        const string sql = """
            SELECT terms FROM link_proposal
            WHERE id = @Id AND partner = @Partner AND direction = 'out' AND state = 'open'
            """;
        var terms = await t.OneAsync<string>(sql, new { Id = id, Partner = partner }, cancellation);
        return terms is null ? null : JsonSerializer.Deserialize<ProposedTerms>(terms, Json);
    }

    public async Task<IReadOnlyList<OpenTerms>> OpenAsync(string partner, CancellationToken cancellation)
    {
        const string sql = """
            SELECT p.id, p.direction, p.terms, p.proposed_by, p.at FROM link_proposal p
            WHERE p.partner = @Partner AND p.state = 'open' ORDER BY p.at DESC, p.id LIMIT 20
            """;
        var rows = await database.ReadAsync(
            c => c.ListAsync<Row>(sql, new { Partner = partner }, cancellation),
            cancellation
        );
        return
        [
            .. rows.Select(row => new OpenTerms(
                row.Id,
                row.Direction == "out",
                JsonSerializer.Deserialize<ProposedTerms>(row.Terms, Json)!, // Our own writing.
                row.ProposedBy,
                row.At
            )),
        ];
    }

    private sealed record Row
    {
        public required string Id { get; init; }
        public required string Direction { get; init; }
        public required string Terms { get; init; }
        public required string ProposedBy { get; init; }
        public required DateTimeOffset At { get; init; }
    }
}

public sealed record OpenTerms(string Id, bool Ours, ProposedTerms Terms, string By, DateTimeOffset At);
