using Entente.Node.Features.Record;
using Entente.Node.Features.Texts.Negotiation;
using Entente.Node.Storage;

namespace Entente.Node.Features.Texts;

/// <summary>
/// A text in force is an instrument of the record, under the text's own id, and what its clauses promise are commitments,
/// under the clauses' ids: both nodes speak of the same things by the same names.
/// </summary>
internal sealed class TextInRecord(RecordDesk record) : ITextWatcher
{
    public async Task ChangedAsync(
        Transaction t,
        TextRow row,
        TextState sent,
        TextState? inForce,
        CancellationToken cancellation
    )
    {
        const string known = "SELECT id FROM instrument WHERE id = @Id";
        if (
            inForce is null
            || row.Kind == TextKinds.Meeting
            || await t.OneAsync<string>(known, new { row.Id }, cancellation) is not null
        )
        {
            return;
        }

        await record.WithinAsync(
            t,
            row.Partner,
            async entry =>
            {
                await EnterAsync(entry, row, inForce, cancellation);
                return true;
            },
            cancellation
        );
    }

    private static async Task EnterAsync(Entry entry, TextRow row, TextState text, CancellationToken cancellation)
    {
        var date = row.InForceAt!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture); // In force: it has one.
        var instrument = new AcceptedInstrument(row.Kind, "signed", date, row.Title);
        await Recorder.OpenPartnersAsync(entry, [row.Country], cancellation);
        await Instruments.AddAsync(entry, instrument, [row.Country], "adopted", cancellation, row.Id);
        if (row.Meeting is { } meeting)
        {
            await TieAsync(entry, meeting, row.Id, cancellation);
        }

        foreach (var clause in text.Clauses.Where(c => !c.Current.Proposed.Removed))
        {
            if (clause.Current.Proposed.Promise is { } promise)
            {
                var commitment = new NewCommitment(
                    promise.Type,
                    Wording(clause.Current),
                    promise.Domain,
                    promise.Due,
                    Meeting: null,
                    row.Id,
                    date
                )
                {
                    Id = await IsFreeAsync(entry, clause.Id, cancellation) ? clause.Id : null,
                    Clause = clause.Id,
                    Wordings = clause.Current.Proposed.Wording,
                    Indicator = promise.Indicator ?? "by-hand",
                    Target = promise.Target,
                };
                await Record.Commitments.AddAsync(entry, commitment, [row.Country], "adopted", cancellation);
            }
        }
    }

    /// <summary>An id that names another commitment is no reason for the text in force to stay out of the record.</summary>
    private static async Task<bool> IsFreeAsync(Entry entry, string id, CancellationToken cancellation)
    {
        const string known = "SELECT id FROM commitment WHERE id = @Id";
        return await entry.Transaction.OneAsync<string>(known, new { Id = id }, cancellation) is null;
    }

    private static Task TieAsync(Entry entry, string meeting, string instrument, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO meeting_instrument (meeting, instrument, status)
            SELECT m.id, @Instrument, 'signed' FROM meeting m WHERE m.id = @Meeting
            ON CONFLICT DO NOTHING
            """;
        return entry.Transaction.RunAsync(sql, new { Meeting = meeting, Instrument = instrument }, cancellation);
    }

    private static string Wording(ClauseVersion version) =>
        version.In("fr") is { Length: > 0 } french ? french : version.Proposed.Wording.Values.FirstOrDefault() ?? "";
}
