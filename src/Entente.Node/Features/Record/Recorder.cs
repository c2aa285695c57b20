using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>Enters an accepted encounter: creates what the record lacks, completes what it has, makes no twins.</summary>
internal sealed class Recorder(NodeOptions node)
{
    /// <summary>Everybody but us.</summary>
    public IReadOnlyList<string> Partners(IReadOnlyList<string> countries) =>
        [.. countries.Where(c => c != node.Country).Distinct(StringComparer.Ordinal)];

    /// <param name="meeting">The meeting on record that this text tells of too; null enters a new one.</param>
    /// <returns>The meeting's id.</returns>
    public async Task<string> EnterAsync(
        Entry entry,
        AcceptedEncounter encounter,
        string? meeting,
        CancellationToken cancellation
    )
    {
        var partners = Partners(encounter.Countries);
        await OpenPartnersAsync(entry, partners, cancellation);
        if (meeting is null)
        {
            meeting = await Meetings.AddAsync(entry, encounter, cancellation);
        }
        else
        {
            await Meetings.CompleteAsync(entry, meeting, encounter, cancellation);
        }

        await Meetings.AddPartsAsync(entry, meeting, encounter, partners, cancellation);
        await EnterPeopleAsync(entry, meeting, encounter, cancellation);
        await EnterBodiesAsync(entry, meeting, encounter.Bodies, cancellation);
        await EnterInstrumentsAsync(entry, meeting, encounter, partners, cancellation);
        foreach (var one in encounter.Commitments)
        {
            var day = encounter.DayOrPublished;
            await Commitments.RecogniseAsync(entry, one, partners, meeting, day, cancellation);
        }

        return meeting;
    }

    /// <summary>
    /// Also makes two entries about one partner wait for each other, so that neither misses what the other is creating.
    /// </summary>
    internal static async Task OpenPartnersAsync(
        Entry entry,
        IReadOnlyList<string> partners,
        CancellationToken cancellation
    )
    {
        const string open = """
            INSERT INTO partner (country, touched_at) VALUES (@Country, @At)
            ON CONFLICT (country) DO UPDATE SET touched_at = excluded.touched_at
            """;
        foreach (var country in partners.Order(StringComparer.Ordinal))
        {
            await entry.Transaction.RunAsync(open, new { Country = country, entry.At }, cancellation);
        }
    }

    private static async Task EnterPeopleAsync(
        Entry entry,
        string meeting,
        AcceptedEncounter encounter,
        CancellationToken cancellation
    )
    {
        const string took = """
            INSERT INTO participation (meeting, official, role, title) VALUES (@Meeting, @Official, @Role, @Title)
            ON CONFLICT DO NOTHING
            """;
        foreach (var person in encounter.People)
        {
            var official = await Officials.RecogniseAsync(entry, person, encounter.DayOrPublished, cancellation);
            await entry.Transaction.RunAsync(
                took,
                new
                {
                    Meeting = meeting,
                    Official = official,
                    person.Role,
                    person.Title,
                },
                cancellation
            );
        }
    }

    private static async Task EnterBodiesAsync(
        Entry entry,
        string meeting,
        IReadOnlyList<AcceptedBody> bodies,
        CancellationToken cancellation
    )
    {
        const string took = """
            INSERT INTO meeting_authority (meeting, authority) VALUES (@Meeting, @Authority) ON CONFLICT DO NOTHING
            """;
        foreach (var body in bodies)
        {
            var authority = await Authorities.RecogniseAsync(entry, body, cancellation);
            await entry.Transaction.RunAsync(took, new { Meeting = meeting, Authority = authority }, cancellation);
        }
    }

    private static async Task EnterInstrumentsAsync(
        Entry entry,
        string meeting,
        AcceptedEncounter encounter,
        IReadOnlyList<string> partners,
        CancellationToken cancellation
    )
    {
        const string tie = """
            INSERT INTO meeting_instrument (meeting, instrument, status) VALUES (@Meeting, @Instrument, @Status)
            ON CONFLICT DO NOTHING
            """;
        foreach (var one in encounter.Instruments)
        {
            var instrument = await Instruments.RecogniseAsync(entry, one, partners, meeting, cancellation);
            var row = new
            {
                Meeting = meeting,
                Instrument = instrument,
                one.Status,
            };
            await entry.Transaction.RunAsync(tie, row, cancellation);
        }
    }
}
