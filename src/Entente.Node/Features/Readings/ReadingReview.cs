using System.Globalization;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Features.Readings;

/// <summary>What an officer does with a draft before it is accepted: correct, add, reject.</summary>
internal sealed class ReadingReview(Database database, LedgerLog ledger, TimeProvider clock, ReadingDesk desk)
{
    private const int LongestReason = 500;

    public Task<ReadingRefusal?> CorrectAsync(
        DraftSeen seen,
        string value,
        Func<string, string?> given,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            seen,
            "corrected",
            reading =>
            {
                var old = reading.Draft.Values.FirstOrDefault(v => v.Id == value);
                if (old is null || DraftFields.Find(old.Field)?.Accept(given) is not { } parts)
                {
                    return (null, ReadingRefusal.BadValue);
                }

                var origin = old.Origin == ValueOrigin.Added ? ValueOrigin.Added : ValueOrigin.Corrected;
                var was = origin == ValueOrigin.Corrected ? old.Was ?? old.Parts : null;
                var corrected = old with
                {
                    Parts = parts,
                    Origin = origin,
                    Was = was,
                    Confidence = 1,
                    Rejected = false,
                };
                return (reading.Draft.With(corrected), null);
            },
            cancellation
        );

    /// <param name="words">The words of the text that say so; may be empty.</param>
    public Task<ReadingRefusal?> AddAsync(
        DraftSeen seen,
        string field,
        string words,
        Func<string, string?> given,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            seen,
            "added",
            reading =>
            {
                var shape = DraftFields.Find(field);
                if (shape?.Accept(given) is not { } parts)
                {
                    return (null, ReadingRefusal.BadValue);
                }

                var at = reading.Text.IndexOf(words.ReplaceLineEndings("\n"), StringComparison.OrdinalIgnoreCase);
                if (words.Length > 0 && at < 0)
                {
                    return (null, ReadingRefusal.WordsNotInText);
                }

                var added = new DraftValue
                {
                    Id = reading.Draft.NextId(),
                    Field = field,
                    Parts = parts,
                    Confidence = 1,
                    Spans = words.Length > 0 ? [new DraftSpan(at, words.ReplaceLineEndings("\n").Length)] : [],
                    Origin = ValueOrigin.Added,
                };
                var draft = shape.Once ? Without(reading.Draft, field) : reading.Draft;
                return (draft.Adding(added), null);
            },
            cancellation
        );

    /// <summary>Rejects a value, or takes the rejection back.</summary>
    public Task<ReadingRefusal?> RejectValueAsync(
        DraftSeen seen,
        string value,
        bool rejected,
        CancellationToken cancellation
    ) =>
        ChangeAsync(
            seen,
            rejected ? "value-rejected" : "value-restored",
            reading =>
                reading.Draft.Values.FirstOrDefault(v => v.Id == value) is { } old
                    ? (reading.Draft.With(old with { Rejected = rejected }), null)
                    : (null, ReadingRefusal.BadValue),
            cancellation
        );

    public Task<ReadingRefusal?> RejectAsync(DraftSeen seen, string reason, CancellationToken cancellation) =>
        string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason
            ? Task.FromResult<ReadingRefusal?>(ReadingRefusal.NoReason)
            : MoveAsync(seen, ReadingStates.Rejected, reason.Trim(), cancellation);

    /// <summary>Takes a rejection back, or makes a draft of a text in which no encounter was found.</summary>
    public Task<ReadingRefusal?> ReopenAsync(DraftSeen seen, CancellationToken cancellation) =>
        MoveAsync(seen, ReadingStates.Draft, null, cancellation);

    private Task<ReadingRefusal?> ChangeAsync(
        DraftSeen seen,
        string why,
        Func<ReadingText, (Draft? Draft, ReadingRefusal? Refusal)> change,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async t =>
            {
                var reading = await ReadingStore.FindAsync(t, seen.Reading, cancellation);
                if (Refuse(reading, seen) is { } refusal)
                {
                    return refusal;
                }

                var (draft, wrong) = change(reading!); // Refuse has said no where there is none.
                if (draft is null)
                {
                    return wrong;
                }

                var saved = await ReadingStore.SaveAsync(t, desk.Summary(reading!.Row, draft), draft, cancellation);
                await LeafAsync(t, seen, LedgerAction.Alter, why, cancellation);
                return saved ? null : ReadingRefusal.Changed;
            },
            cancellation
        );

    private Task<ReadingRefusal?> MoveAsync(
        DraftSeen seen,
        string state,
        string? reason,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async t =>
            {
                var reading = await ReadingStore.FindAsync(t, seen.Reading, cancellation);
                if (reading is null)
                {
                    return ReadingRefusal.NotFound;
                }

                if (reading.Row.State == ReadingStates.Accepted)
                {
                    return ReadingRefusal.Decided;
                }

                var row = Decided(reading.Row, state, seen.Actor) with
                {
                    Version = seen.Version ?? reading.Row.Version,
                    Reason = reason,
                };
                if (!await ReadingStore.SaveAsync(t, row, reading.Draft, cancellation))
                {
                    return ReadingRefusal.Changed;
                }

                await LeafAsync(t, seen, LedgerAction.Decide, state, cancellation);
                return null;
            },
            cancellation
        );

    private ReadingRow Decided(ReadingRow row, string state, string actor) =>
        state == ReadingStates.Draft
            ? row with
            {
                State = state,
                DecidedAt = null,
                DecidedBy = null,
                Reason = null,
            }
            : row with
            {
                State = state,
                DecidedAt = clock.GetUtcNow(),
                DecidedBy = actor,
            };

    internal static ReadingRefusal? Refuse(ReadingText? reading, DraftSeen seen) =>
        reading is null ? ReadingRefusal.NotFound
        : reading.Row.State is ReadingStates.Accepted or ReadingStates.Rejected ? ReadingRefusal.Decided
        : seen.Version is { } version && version != reading.Row.Version ? ReadingRefusal.Changed
        : null;

    private static Draft Without(Draft draft, string field) =>
        draft with
        {
            Values = [.. draft.Values.Select(v => v.Field == field ? v with { Rejected = true } : v)],
        };

    private Task<long> LeafAsync(
        Transaction t,
        DraftSeen seen,
        LedgerAction action,
        string why,
        CancellationToken cancellation
    ) => ledger.AppendAsync(t, new LedgerEvent(seen.Actor, action, $"reading:{seen.Reading}", why), cancellation);
}

/// <summary>Who acts on which reading, and which version of it they had before their eyes.</summary>
internal sealed record DraftSeen(string Reading, int? Version, string Actor)
{
    /// <summary>From "id version", as the form for several drafts has it.</summary>
    public static DraftSeen? Parse(string? source, string actor) =>
        source?.Split(' ') is [var id, var version]
        && Guid.TryParse(id, out _)
        && int.TryParse(version, CultureInfo.InvariantCulture, out var number)
            ? new DraftSeen(id, number, actor)
            : null;
}
