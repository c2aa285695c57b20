using System.Text.Json;
using Entente.Node.Storage;

namespace Entente.Node.Features.Record;

/// <summary>An officer's changes to facts on record. What was there before is kept, and can be brought back.</summary>
internal sealed class Corrections(Database database, RecordDesk desk)
{
    public Task<RecordRefusal?> MeetingAsync(MeetingFacts facts, string actor, CancellationToken cancellation) =>
        facts.Refuse() is { } refusal
            ? Task.FromResult<RecordRefusal?>(refusal)
            : ChangeAsync("meeting", facts.Id, actor, MeetingFacts.Select, facts, MeetingFacts.Update, cancellation);

    public Task<RecordRefusal?> InstrumentAsync(InstrumentFacts facts, string actor, CancellationToken cancellation) =>
        facts.Refuse() is { } refusal
            ? Task.FromResult<RecordRefusal?>(refusal)
            : ChangeAsync(
                "instrument",
                facts.Id,
                actor,
                InstrumentFacts.Select,
                facts,
                InstrumentFacts.Update,
                cancellation
            );

    public Task<RecordRefusal?> OfficialAsync(OfficialFacts facts, string actor, CancellationToken cancellation) =>
        facts.Refuse() is { } refusal
            ? Task.FromResult<RecordRefusal?>(refusal)
            : ChangeAsync("official", facts.Id, actor, OfficialFacts.Select, facts, OfficialFacts.Update, cancellation);

    public Task<RecordRefusal?> CommitmentAsync(CommitmentFacts facts, string actor, CancellationToken cancellation) =>
        facts.Refuse() is { } refusal
            ? Task.FromResult<RecordRefusal?>(refusal)
            : ChangeAsync(
                "commitment",
                facts.Id,
                actor,
                CommitmentFacts.Select,
                facts,
                CommitmentFacts.Update,
                cancellation
            );

    public Task<bool> CanUndoAsync(string kind, string id, CancellationToken cancellation) =>
        database.ReadAsync(
            async c => await c.OneAsync<Change>(LastChange, new { Kind = kind, Id = id }, cancellation) is not null,
            cancellation
        );

    /// <summary>Brings back what was there before the last change that stands.</summary>
    public Task<RecordRefusal?> UndoAsync(string kind, string id, string actor, CancellationToken cancellation) =>
        desk.WriteAsync<RecordRefusal?>(
            actor,
            async entry =>
            {
                var t = entry.Transaction;
                var last = await t.OneAsync<Change>(LastChange, new { Kind = kind, Id = id }, cancellation);
                if (last is null)
                {
                    return RecordRefusal.NothingToUndo;
                }

                switch (kind)
                {
                    case "meeting":
                        await t.RunAsync(MeetingFacts.Update, Was<MeetingFacts>(last), cancellation);
                        break;
                    case "instrument":
                        await t.RunAsync(InstrumentFacts.Update, Was<InstrumentFacts>(last), cancellation);
                        break;
                    case "commitment":
                        await t.RunAsync(CommitmentFacts.Update, Was<CommitmentFacts>(last), cancellation);
                        break;
                    default:
                        await t.RunAsync(OfficialFacts.Update, Was<OfficialFacts>(last), cancellation);
                        break;
                }

                const string undone = "UPDATE record_change SET undone = TRUE WHERE id = @Id";
                await t.RunAsync(undone, new { last.Id }, cancellation);
                entry.Altered(kind, id, "undone");
                return null;
            },
            cancellation
        );

    private const string LastChange = """
        SELECT id, was FROM record_change
        WHERE kind = @Kind AND object = @Id AND undone = FALSE
        ORDER BY id DESC LIMIT 1
        """;

    private static T Was<T>(Change change) => JsonSerializer.Deserialize<T>(change.Was)!; // Written by ChangeAsync.

    private Task<RecordRefusal?> ChangeAsync<T>(
        string kind,
        string id,
        string actor,
        string select,
        T facts,
        string update,
        CancellationToken cancellation
    )
        where T : class =>
        desk.WriteAsync<RecordRefusal?>(
            actor,
            async entry =>
            {
                var was = await entry.Transaction.OneAsync<T>(select, new { Id = id }, cancellation);
                if (was is null)
                {
                    return RecordRefusal.NotFound;
                }

                const string keep = """
                    INSERT INTO record_change (id, kind, object, at, actor, was, undone)
                    VALUES (@Change, @Kind, @Id, @At, @Actor, @Was, FALSE)
                    """;
                var change = new
                {
                    Change = entry.NewId(),
                    Kind = kind,
                    Id = id,
                    entry.At,
                    entry.Actor,
                    Was = JsonSerializer.Serialize(was),
                };
                await entry.Transaction.RunAsync(keep, change, cancellation);
                await entry.Transaction.RunAsync(update, facts, cancellation);
                entry.Altered(kind, id, "corrected");
                return null;
            },
            cancellation
        );

    private sealed record Change
    {
        public string Id { get; init; } = "";
        public string Was { get; init; } = "";
    }
}
