using System.Diagnostics;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Retention;

/// <summary>
/// Erases the cases whose period has ended and for which no extension stands: the contents of their messages, our notes,
/// the reasons written about them. A few hundred cases in each transaction, resting as long as it worked; begun again anywhere.
/// </summary>
internal sealed class CaseErasure(Database database, CaseMessages messages, LedgerLog ledger, TimeProvider clock)
{
    private const string Why = "retention";
    private const int Page = 1000;

    /// <summary>Cases in one transaction: most have a handful of messages, and all of them go in a few statements.</summary>
    private const int Together = 250;

    /// <returns>How many cases were erased.</returns>
    public async Task<int> EraseAsync(CancellationToken cancellation)
    {
        var (after, erased) = (new Due { EraseAt = DateTimeOffset.UnixEpoch, CaseId = "" }, 0);
        while (await DueAsync(after, cancellation) is { Count: > 0 } page)
        {
            foreach (var few in page.Select(due => due.CaseId).Chunk(Together))
            {
                erased += await FewAsync(few, cancellation);
            }

            after = page[^1];
        }

        return erased;
    }

    /// <summary>What only we wrote on cases that a restored backup does not know to be erased.</summary>
    public static async Task EraseAgainAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        DateTimeOffset at,
        CancellationToken cancellation
    )
    {
        await CaseEnds.EraseNotesAsync(transaction, cases, cancellation);
        await Extensions.EraseAsync(transaction, cases, cancellation);
        await KeptRows.ErasedAsync(transaction, cases, at, cancellation);
    }

    private Task<IReadOnlyList<Due>> DueAsync(Due after, CancellationToken cancellation)
    {
        const string sql = """
            SELECT erase_at, case_id FROM retention
            WHERE state = 'held' AND erase_at <= @Now AND (erase_at, case_id) > (@EraseAt, @CaseId)
            ORDER BY erase_at, case_id LIMIT @Page
            """;
        var values = new
        {
            Now = clock.GetUtcNow(),
            after.EraseAt,
            after.CaseId,
            Page,
        };
        return database.ReadAsync(c => c.ListAsync<Due>(sql, values, cancellation), cancellation);
    }

    private async Task<int> FewAsync(string[] cases, CancellationToken cancellation)
    {
        var erased = 0;
        while (cases.Length > 0)
        {
            var (began, now) = (Stopwatch.GetTimestamp(), cases);
            var (done, more) = await database.WriteBehindAsync(t => StepAsync(t, now, cancellation), cancellation);
            erased += done;
            cases = [.. more];
            await Task.Delay(Stopwatch.GetElapsedTime(began), TimeProvider.System, cancellation);
        }

        return erased;
    }

    /// <returns>How many cases are erased, and those that have more messages than one step takes.</returns>
    private async Task<(int Erased, IReadOnlyList<string> More)> StepAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        var due = await StillDueAsync(transaction, cases, cancellation);
        if (due.Count == 0)
        {
            return (0, []);
        }

        var (more, waits) = await messages.EraseAsync(transaction, [.. due.Keys], Why, cancellation);
        IReadOnlyList<KeptCase> ended =
        [
            .. due.Values.Where(kept => !more.Contains(kept.CaseId) && !waits.Contains(kept.CaseId)),
        ];
        await FinishAsync(transaction, ended, cancellation);
        return (ended.Count, [.. more]);
    }

    private async Task FinishAsync(
        Transaction transaction,
        IReadOnlyList<KeptCase> ended,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<string> cases = [.. ended.Select(kept => kept.CaseId)];
        await CaseEnds.EraseNotesAsync(transaction, cases, cancellation);
        await Extensions.EraseAsync(transaction, cases, cancellation);
        await KeptRows.ErasedAsync(transaction, cases, clock.GetUtcNow(), cancellation);
        await ledger.AppendAsync(transaction, [.. ended.Select(Leaf)], cancellation);
    }

    private static LedgerEvent Leaf(KeptCase kept) =>
        new(Officer.NodeActor, LedgerAction.Erase, $"case:{kept.CaseId}", Why, Link: kept.Partner);

    /// <summary>
    /// The rows may be behind what happened: a message may have come a moment ago, or an answer was not taken and its
    /// request is open again.
    /// </summary>
    private async Task<IReadOnlyDictionary<string, KeptCase>> StillDueAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        var now = clock.GetUtcNow();
        var rows = await KeptRows.FindAsync(transaction, cases, cancellation);
        var open = await CaseEnds.OpenAsync(transaction, cases, cancellation);
        var last = await CaseMessages.LastAsync(transaction, cases, cancellation);
        var due = new Dictionary<string, KeptCase>(StringComparer.Ordinal);
        foreach (var kept in rows.Values.Where(row => row.DueAt(now)))
        {
            var moved = Moved(kept, open.Contains(kept.CaseId), last.GetValueOrDefault(kept.CaseId, kept.LastAt));
            if (moved != kept)
            {
                await KeptRows.SaveAsync(transaction, moved, cancellation);
            }

            if (moved == kept || moved.Dated().DueAt(now))
            {
                due[kept.CaseId] = moved;
            }
        }

        return due;
    }

    private static KeptCase Moved(KeptCase kept, bool open, DateTimeOffset last) =>
        kept with
        {
            LastAt = last > kept.LastAt ? last : kept.LastAt,
            EndedAt =
                open ? null
                : last > kept.LastAt ? last
                : kept.EndedAt,
        };

    private sealed class Due
    {
        public required DateTimeOffset EraseAt { get; init; }
        public required string CaseId { get; init; }
    }
}
