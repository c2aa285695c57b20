using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Encounters and their parts.</summary>
internal static class Meetings
{
    public static async Task<string> AddAsync(Entry entry, AcceptedEncounter encounter, CancellationToken cancellation)
    {
        const string add = """
            INSERT INTO meeting (id, kind, date, sort_date, place, created_at, created_by)
            VALUES (@Id, @Kind, @Date, @Sort, @Place, @At, @Actor)
            """;
        var id = entry.NewId();
        await entry.Transaction.RunAsync(
            add,
            new
            {
                Id = id,
                encounter.Kind,
                encounter.Date,
                Sort = PartialDate.SortKey(encounter.DayOrPublished),
                encounter.Place,
                entry.At,
                entry.Actor,
            },
            cancellation
        );
        entry.Collected("meeting", id, "reading");
        return id;
    }

    /// <summary>A second text may know what the first left out; what the record knows already stays.</summary>
    public static async Task CompleteAsync(
        Entry entry,
        string id,
        AcceptedEncounter encounter,
        CancellationToken cancellation
    )
    {
        const string complete = """
            UPDATE meeting SET
                date = COALESCE(date, @Date),
                sort_date = CASE WHEN date IS NULL AND @Date IS NOT NULL THEN @Date ELSE sort_date END,
                place = COALESCE(place, @Place)
            WHERE id = @Id
            """;
        await entry.Transaction.RunAsync(
            complete,
            new
            {
                Id = id,
                encounter.Date,
                encounter.Place,
            },
            cancellation
        );
        entry.Altered("meeting", id, "second-source");
    }

    public static async Task AddPartsAsync(
        Entry entry,
        string id,
        AcceptedEncounter encounter,
        IReadOnlyList<string> partners,
        CancellationToken cancellation
    )
    {
        const string partner = """
            INSERT INTO meeting_partner (meeting, country) VALUES (@Id, @Value) ON CONFLICT DO NOTHING
            """;
        const string session = """
            INSERT INTO meeting_session (meeting, format) VALUES (@Id, @Value) ON CONFLICT DO NOTHING
            """;
        const string domain = """
            INSERT INTO meeting_domain (meeting, domain) VALUES (@Id, @Value) ON CONFLICT DO NOTHING
            """;
        const string source = """
            INSERT INTO meeting_source (meeting, reading, title, language, published)
            VALUES (@Id, @Reading, @Title, @Language, @Published) ON CONFLICT DO NOTHING
            """;
        var t = entry.Transaction;
        await t.RunAsync(partner, partners.Select(value => new { Id = id, Value = value }), cancellation);
        await t.RunAsync(session, encounter.Formats.Select(value => new { Id = id, Value = value }), cancellation);
        await t.RunAsync(domain, encounter.Domains.Select(value => new { Id = id, Value = value }), cancellation);
        var from = encounter.Source;
        await t.RunAsync(
            source,
            new
            {
                Id = id,
                from.Reading,
                from.Title,
                from.Language,
                from.Published,
            },
            cancellation
        );
        await AddResultsAsync(entry, id, encounter.Results, cancellation);
    }

    private static async Task AddResultsAsync(
        Entry entry,
        string meeting,
        IReadOnlyList<AcceptedResult> results,
        CancellationToken cancellation
    )
    {
        const string known = "SELECT id FROM meeting_result WHERE meeting = @Meeting AND type = @Type";
        const string complete = """
            UPDATE meeting_result SET amount = COALESCE(amount, @Amount),
                countries = CASE WHEN countries = '' THEN @Countries ELSE countries END
            WHERE id = @Found
            """;
        const string add = """
            INSERT INTO meeting_result (id, meeting, type, amount, countries)
            VALUES (@Id, @Meeting, @Type, @Amount, @Countries)
            """;
        foreach (var one in results)
        {
            var found = await entry.Transaction.OneAsync<string>(
                known,
                new { Meeting = meeting, one.Type },
                cancellation
            );
            var row = new
            {
                Id = entry.NewId(),
                Found = found,
                Meeting = meeting,
                one.Type,
                one.Amount,
                Countries = string.Join(' ', one.Countries),
            };
            await entry.Transaction.RunAsync(found is null ? add : complete, row, cancellation);
        }
    }
}
