using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Agreements, declarations of intent, roadmaps and the like.</summary>
internal static class Instruments
{
    /// <summary>The types an instrument may have, in the order of a list of choices.</summary>
    public static readonly IReadOnlyList<string> Types =
    [
        "agreement",
        "convention",
        "protocol",
        "memorandum",
        "declaration-of-intent",
        "roadmap",
        "action-plan",
        "joint-communique",
    ];

    /// <summary>How far an instrument has come, the furthest first: a text never sets one back.</summary>
    public static readonly IReadOnlyList<string> Statuses = ["signed", "adopted", "existing", "expected", "proposed"];

    /// <summary>
    /// The same type with the same partners and a date that agrees is one instrument. Without a date, an instrument merely
    /// recalled is the only one of its type there is, if there is only one.
    /// </summary>
    public static async Task<string> RecogniseAsync(
        Entry entry,
        AcceptedInstrument instrument,
        IReadOnlyList<string> partners,
        string meeting,
        CancellationToken cancellation
    )
    {
        const string known = """
            SELECT i.id, i.status, i.date, i.title,
                (SELECT COUNT(*) FROM meeting_instrument m WHERE m.instrument = i.id AND m.meeting = @Meeting) AS here
            FROM instrument i
            WHERE i.type = @Type
                AND EXISTS (SELECT 1 FROM instrument_partner p
                    WHERE p.instrument = i.id AND @Partners LIKE '% ' || p.country || ' %')
            ORDER BY i.sort_date DESC, i.id
            """;
        var candidates = await entry.Transaction.ListAsync<Known>(
            known,
            new
            {
                instrument.Type,
                Partners = CodeList.Of(partners),
                Meeting = meeting,
            },
            cancellation
        );
        var found = Match(candidates, instrument);
        if (found is null)
        {
            return await AddAsync(entry, instrument, partners, "reading", cancellation);
        }

        await CompleteAsync(entry, found, instrument, cancellation);
        return found.Id;
    }

    /// <param name="known">The id by which it is known already.</param>
    public static async Task<string> AddAsync(
        Entry entry,
        AcceptedInstrument instrument,
        IReadOnlyList<string> partners,
        string why,
        CancellationToken cancellation,
        string? known = null
    )
    {
        const string add = """
            INSERT INTO instrument (id, type, status, title, date, sort_date, created_at, created_by)
            VALUES (@Id, @Type, @Status, @Title, @Date, @Sort, @At, @Actor)
            """;
        const string with = "INSERT INTO instrument_partner (instrument, country) VALUES (@Id, @Country)";
        var id = known ?? entry.NewId();
        await entry.Transaction.RunAsync(
            add,
            new
            {
                Id = id,
                instrument.Type,
                instrument.Status,
                instrument.Title,
                instrument.Date,
                Sort = PartialDate.SortKey(instrument.Date),
                entry.At,
                entry.Actor,
            },
            cancellation
        );
        foreach (var country in partners)
        {
            await entry.Transaction.RunAsync(with, new { Id = id, Country = country }, cancellation);
        }

        entry.Collected("instrument", id, why);
        return id;
    }

    private static Known? Match(IReadOnlyList<Known> candidates, AcceptedInstrument instrument)
    {
        if (instrument.Date is { } date)
        {
            return candidates.FirstOrDefault(c => c.Date is not null && PartialDate.Agree(c.Date, date))
                ?? candidates.FirstOrDefault(c => c.Date is null && c.Here > 0);
        }

        var here = candidates.FirstOrDefault(c => c.Here > 0);
        return here ?? (instrument.Status == "existing" && candidates.Count == 1 ? candidates[0] : null);
    }

    private static async Task CompleteAsync(
        Entry entry,
        Known found,
        AcceptedInstrument instrument,
        CancellationToken cancellation
    )
    {
        var status = Further(found.Status, instrument.Status);
        var date = PartialDate.Finer(found.Date, instrument.Date);
        if (status == found.Status && date == found.Date)
        {
            return;
        }

        const string complete =
            "UPDATE instrument SET status = @Status, date = @Date, sort_date = @Sort WHERE id = @Id";
        await entry.Transaction.RunAsync(
            complete,
            new
            {
                found.Id,
                Status = status,
                Date = date,
                Sort = PartialDate.SortKey(date),
            },
            cancellation
        );
        entry.Altered("instrument", found.Id, "completed");
    }

    private static string Further(string one, string other)
    {
        var order = Statuses.ToList();
        return order.IndexOf(one) <= order.IndexOf(other) ? one : other;
    }

    private sealed record Known
    {
        public string Id { get; init; } = "";
        public string Status { get; init; } = "";
        public string? Date { get; init; }
        public string Title { get; init; } = "";
        public long Here { get; init; }
    }
}
