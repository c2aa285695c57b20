using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>What an officer enters by hand: instruments, commitments, progress, times in a post; and what one removes.</summary>
internal sealed class RecordEntries(RecordDesk desk, TimeProvider clock)
{
    private const int LongestNote = 1000;

    public async Task<(string? Id, RecordRefusal? Refusal)> AddInstrumentAsync(
        string country,
        InstrumentFacts facts,
        string actor,
        CancellationToken cancellation
    )
    {
        if (facts.Refuse() is { } refusal)
        {
            return (null, refusal);
        }

        var id = await desk.WriteAsync(
            actor,
            async entry =>
            {
                await Recorder.OpenPartnersAsync(entry, [country], cancellation);
                var one = new AcceptedInstrument(facts.Type, facts.Status, facts.Date, facts.Title);
                return await Instruments.AddAsync(entry, one, [country], "entered", cancellation);
            },
            cancellation
        );
        return (id, null);
    }

    public async Task<(string? Id, RecordRefusal? Refusal)> AddCommitmentAsync(
        string country,
        CommitmentFacts facts,
        string? instrument,
        string actor,
        CancellationToken cancellation
    )
    {
        if (facts.Refuse() is { } refusal)
        {
            return (null, refusal);
        }

        var id = await desk.WriteAsync(
            actor,
            async entry =>
            {
                await Recorder.OpenPartnersAsync(entry, [country], cancellation);
                var one = new NewCommitment(
                    facts.Type,
                    facts.Wording,
                    facts.Domain,
                    facts.Due,
                    Meeting: null,
                    instrument,
                    PartialDate.Today(clock)
                )
                {
                    Indicator = facts.Indicator,
                    Target = facts.Target,
                    Rhythm = facts.Rhythm,
                    OwnUnit = facts.OwnUnit,
                    PartnerUnit = facts.PartnerUnit,
                };
                return await Commitments.AddAsync(entry, one, [country], "entered", cancellation);
            },
            cancellation
        );
        return (id, null);
    }

    public RecordRefusal? Refuse(string state, string note) =>
        !Commitments.States.Contains(state) ? RecordRefusal.BadCode
        : note.Length is 0 or > LongestNote ? RecordRefusal.NoTitle
        : null;

    /// <summary>Notes where a commitment stands.</summary>
    /// <returns>False where there is none.</returns>
    public async Task<bool> MoveAsync(
        Entry entry,
        string commitment,
        string state,
        string note,
        CancellationToken cancellation
    )
    {
        const string move = "UPDATE commitment SET state = @State WHERE id = @Id";
        const string keep = """
            INSERT INTO commitment_progress (id, commitment, at, actor, state, note)
            VALUES (@Progress, @Id, @At, @Actor, @State, @Note)
            """;
        var with = new
        {
            Progress = entry.NewId(),
            Id = commitment,
            entry.At,
            entry.Actor,
            State = state,
            Note = note,
        };
        if (await entry.Transaction.RunAsync(move, with, cancellation) == 0)
        {
            return false;
        }

        await entry.Transaction.RunAsync(keep, with, cancellation);
        entry.Altered("commitment", commitment, $"state:{state}");
        return true;
    }

    public Task<RecordRefusal?> PostAsync(
        string official,
        string role,
        string? since,
        string? until,
        string actor,
        CancellationToken cancellation
    ) =>
        !Codes.Roles.Contains(role) ? Task.FromResult<RecordRefusal?>(RecordRefusal.BadCode)
        : (since is not null && !PartialDate.IsValid(since)) || (until is not null && !PartialDate.IsValid(until))
            ? Task.FromResult<RecordRefusal?>(RecordRefusal.BadDate)
        : desk.WriteAsync<RecordRefusal?>(
            actor,
            async entry =>
            {
                const string exists = "SELECT id FROM official WHERE id = @Official";
                const string set = """
                    INSERT INTO post (id, official, role, title, since, until)
                    VALUES (@Id, @Official, @Role, '', @Since, @Until)
                    ON CONFLICT (official, role) DO UPDATE SET since = excluded.since, until = excluded.until
                    """;
                var with = new
                {
                    Id = entry.NewId(),
                    Official = official,
                    Role = role,
                    Since = since,
                    Until = until,
                };
                if (await entry.Transaction.OneAsync<string>(exists, with, cancellation) is null)
                {
                    return RecordRefusal.NotFound;
                }

                await entry.Transaction.RunAsync(set, with, cancellation);
                entry.Altered("official", official, "post");
                return null;
            },
            cancellation
        );

    public Task<RecordRefusal?> RemoveAsync(string kind, string id, string actor, CancellationToken cancellation)
    {
        const string meeting = "DELETE FROM meeting WHERE id = @Id";
        const string instrument = "DELETE FROM instrument WHERE id = @Id";
        const string commitment = "DELETE FROM commitment WHERE id = @Id";
        var sql = kind switch
        {
            "meeting" => meeting,
            "instrument" => instrument,
            _ => commitment,
        };
        return desk.WriteAsync<RecordRefusal?>(
            actor,
            async entry =>
            {
                if (await entry.Transaction.RunAsync(sql, new { Id = id }, cancellation) == 0)
                {
                    return RecordRefusal.NotFound;
                }

                entry.Erased(kind, id, "removed");
                return null;
            },
            cancellation
        );
    }
}
