using Entente.Node.Features.Delivery;
using Entente.Node.Storage;
using Entente.Protocol;

namespace Entente.Node.Features.Activities;

/// <summary>
/// Keeps the rows of activities in step with their messages. Ids of messages grow with time, so the order in which they are
/// told of does not matter: coming over the wire, leaving, or given back after a loss.
/// </summary>
internal sealed class ActivityProjection(MessageStore messages)
{
    private const int MostCommitments = 100;

    /// <param name="own">It is ours.</param>
    public async Task TakeAsync(
        Transaction t,
        Message message,
        ActivityAccount account,
        bool own,
        CancellationToken cancellation
    )
    {
        var known = await FindAsync(t, account.Activity, cancellation);
        var id = message.Id.ToString();
        if (string.CompareOrdinal(own ? known?.Ours : known?.Theirs, id) >= 0)
        {
            await EarlierAsync(t, message, account.Activity, cancellation);
            return;
        }

        var other = await AccountAsync(t, own ? known?.Theirs : known?.Ours, cancellation);
        var shown = own || other is null ? account : other;
        var partner = (own ? message.To.Node : message.From.Node).ToString();
        var row = new ActivityRow
        {
            Id = account.Activity,
            Partner = partner,
            Country = partner[..2].ToUpperInvariant(),
            Kind = shown.Kind,
            Title = shown.Title,
            Domain = shown.Domain,
            Begins = shown.Begins,
            Ends = shown.Ends,
            Place = shown.Place,
            Beneficiaries = string.Join(' ', shown.Beneficiaries),
            State = shown.State,
            Trained = shown.Trained,
            Instrument = known?.Instrument ?? message.Basis?.Instrument,
            Disputed = other is not null && account.Contradicts(other),
            Rank = Math.Max(known?.Rank ?? 0, message.Classification.Rank),
            Ours = own ? id : known?.Ours,
            Theirs = own ? known?.Theirs : id,
        };
        await SaveAsync(t, row, cancellation);
        await ResultsAsync(t, row.Id, shown.Results, cancellation);
        await ServesAsync(t, row.Id, own ? "ours" : "theirs", message.Serves ?? [], cancellation);
    }

    public static Task<ActivityRow?> FindAsync(Transaction t, string id, CancellationToken cancellation)
    {
        const string sql = $"SELECT {ActivityRow.Columns} FROM activity a WHERE a.id = @Id";
        return t.OneAsync<ActivityRow>(sql, new { Id = id }, cancellation);
    }

    /// <summary>That side has said more since: only what the first message alone tells is taken of it.</summary>
    private static Task EarlierAsync(Transaction t, Message message, string activity, CancellationToken cancellation)
    {
        const string sql = """
            UPDATE activity SET instrument = COALESCE(instrument, @Instrument),
                rank = CASE WHEN rank < @Rank THEN @Rank ELSE rank END
            WHERE id = @Id
            """;
        var with = new
        {
            Id = activity,
            message.Basis?.Instrument,
            message.Classification.Rank,
        };
        return t.RunAsync(sql, with, cancellation);
    }

    private async Task<ActivityAccount?> AccountAsync(Transaction t, string? message, CancellationToken cancellation) =>
        message is not null && await messages.OpenAsync(t, message, cancellation) is { } opened
            ? ActivityAccount.Read(opened.Message.Body)
            : null;

    private static Task SaveAsync(Transaction t, ActivityRow row, CancellationToken cancellation)
    {
        const string sql = """
            INSERT INTO activity (id, partner, country, kind, title, domain, begins, ends, place, beneficiaries, state,
                trained, instrument, disputed, rank, ours, theirs)
            VALUES (@Id, @Partner, @Country, @Kind, @Title, @Domain, @Begins, @Ends, @Place, @Beneficiaries, @State,
                @Trained, @Instrument, @Disputed, @Rank, @Ours, @Theirs)
            ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, domain = excluded.domain,
                begins = excluded.begins, ends = excluded.ends, place = excluded.place,
                beneficiaries = excluded.beneficiaries, state = excluded.state, trained = excluded.trained,
                instrument = excluded.instrument, disputed = excluded.disputed, rank = excluded.rank,
                ours = excluded.ours, theirs = excluded.theirs
            """;
        return t.RunAsync(sql, row, cancellation);
    }

    private static async Task ResultsAsync(
        Transaction t,
        string activity,
        IReadOnlyList<ActivityResult> results,
        CancellationToken cancellation
    )
    {
        const string clear = "DELETE FROM activity_result WHERE activity = @Activity";
        const string add = """
            INSERT INTO activity_result (activity, type, number, unit) VALUES (@Activity, @Type, @Number, @Unit)
            """;
        await t.RunAsync(clear, new { Activity = activity }, cancellation);
        var rows = results.Select(r => new
        {
            Activity = activity,
            r.Type,
            r.Number,
            r.Unit,
        });
        await t.RunAsync(add, rows, cancellation);
    }

    private static async Task ServesAsync(
        Transaction t,
        string activity,
        string side,
        IReadOnlyList<Guid> commitments,
        CancellationToken cancellation
    )
    {
        const string clear = "DELETE FROM activity_commitment WHERE activity = @Activity AND side = @Side";
        // Whether we have it on record is asked when it is counted: it may come a moment later.
        const string add = """
            INSERT INTO activity_commitment (activity, side, commitment) VALUES (@Activity, @Side, @Commitment)
            """;
        await t.RunAsync(clear, new { Activity = activity, Side = side }, cancellation);
        var rows = commitments
            .Distinct()
            .Take(MostCommitments)
            .Select(one => new
            {
                Activity = activity,
                Side = side,
                Commitment = one.ToString(),
            });
        await t.RunAsync(add, rows, cancellation);
    }
}
