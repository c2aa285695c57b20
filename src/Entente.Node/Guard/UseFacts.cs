using Entente.Node.Features.Exchange;
using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Guard;

/// <summary>Reads what stands about messages beside their content, a page at a time.</summary>
internal sealed class UseFacts(Database database, NodeOptions options)
{
    public async Task<IReadOnlyList<UseFact>> OfAsync(IReadOnlyList<string> messages, CancellationToken cancellation)
    {
        const string select = """
            SELECT m.id, m.partner, m.direction, m.kind, m.classification_rank AS rank, m.handling, m.to_unit,
                u.tlp, u.pap, u.origins, q.why AS quarantine, x.message_id IS NOT NULL AS restricted
            FROM message m
            LEFT JOIN use_condition u ON u.message = m.id
            LEFT JOIN restriction x ON x.message_id = m.id AND x.lifted_at IS NULL
            LEFT JOIN quarantine q ON q.message = m.id AND q.lifted_at IS NULL
            WHERE NOT EXISTS (SELECT 1 FROM kept_draft d WHERE d.message = m.id) AND m.id 
            """;
        // As their writers see them: see SeenMessages.
        const string orKept = """

            UNION ALL
            SELECT d.message, d.partner, 'out', d.kind, d.rank, d.handling, d.to_unit,
                u.tlp, u.pap, u.origins, NULL, x.message_id IS NOT NULL
            FROM kept_draft d
            LEFT JOIN use_condition u ON u.message = d.message
            LEFT JOIN restriction x ON x.message_id = d.message AND x.lifted_at IS NULL
            WHERE d.message 
            """;
        const string unitsOf = """
            SELECT DISTINCT m.id, r.unit FROM message m JOIN request r ON r.case_id = m.case_id WHERE m.id 
            """;
        const string unitsOfKept = """

            UNION
            SELECT DISTINCT d.message, r.unit FROM kept_draft d JOIN request r ON r.case_id = d.case_id WHERE d.message 
            """;
        if (messages.Count == 0)
        {
            return [];
        }

        var values = new { Ids = messages };
        var among = database.Dialect.AmongIds;
        return await database.ReadAsync(
            async c =>
            {
                var units = (
                    await c.ListAsync<UnitOf>(unitsOf + among + unitsOfKept + among, values, cancellation)
                ).ToLookup(u => u.Id);
                var found = await c.ListAsync<UseFact>(select + among + orKept + among, values, cancellation);
                IReadOnlyList<UseFact> facts = [.. found.Select(fact => fact with { Units = Units(units[fact.Id]) })];
                return facts;
            },
            cancellation
        );
    }

    /// <summary>A request addressed to no unit of ours makes its case everybody's.</summary>
    private static string[] Units(IEnumerable<UnitOf> rows)
    {
        string[] units = [.. rows.Select(row => row.Unit)];
        return units.Contains("") ? [] : units;
    }

    /// <summary>The codes but those that the giver has lifted: H1 for a court, H2 for dissemination.</summary>
    private static IReadOnlyList<string> Handling(UseFact fact, string origin, IEnumerable<PermissionGrant> grants) =>
        [
            .. fact.HandlingList.Where(code =>
                !grants.Any(grant => grant.Grantor == origin && Lifts(grant.ForUse) == code)
            ),
        ];

    private static string? Lifts(string use) =>
        use switch
        {
            "court" => "H1",
            "dissemination" => "H2",
            _ => null,
        };

    private sealed record UnitOf
    {
        public required string Id { get; init; }
        public required string Unit { get; init; }
    }

    /// <summary>What others gave us in it: all of what came in, and in what we sent the parts that name another origin.</summary>
    public IReadOnlyList<ForeignContent> ForeignIn(UseFact fact, string? audience, IEnumerable<PermissionGrant> grants)
    {
        IReadOnlyList<string> origins =
            fact.OriginList.Count > 0 ? fact.OriginList
            : fact.Incoming ? [fact.Partner]
            : [];
        var to = audience ?? options.Node;
        return
        [
            .. origins
                .Where(origin => origin != options.Node)
                .Select(origin => new ForeignContent(
                    fact.Id,
                    origin,
                    fact.Incoming ? fact.Partner : origin,
                    Handling(fact, origin, grants),
                    grants.Any(grant =>
                        grant.Grantor == origin && grant.ToNode == to && grant.ForUse is ("onward" or "court")
                    )
                )
                {
                    Rank = fact.Rank,
                    Tlp = fact.Tlp,
                    Pap = fact.Pap,
                    NamedRecipients = fact.Incoming ? [fact.ToUnit] : [],
                }),
        ];
    }
}
