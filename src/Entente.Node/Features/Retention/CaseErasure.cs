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
/// the reasons written about them. A few messages in each transaction, resting as long as it worked; begun again anywhere.
/// </summary>
internal sealed class CaseErasure(Database database, CaseMessages messages, LedgerLog ledger, TimeProvider clock)
{
    private const string Why = "retention";
    private const int Page = 100;

    /// <summary>Cases in one transaction: most have a handful of messages.</summary>
    private const int Together = 10;

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
        foreach (var caseId in cases)
        {
            await CaseEnds.EraseNotesAsync(transaction, caseId, cancellation);
            await Extensions.EraseAsync(transaction, caseId, cancellation);
            if (await KeptRows.FindAsync(transaction, caseId, cancellation) is { } kept)
            {
                var erased = kept with { State = KeptCase.Erased, ErasedAt = at };
                await KeptRows.SaveAsync(transaction, erased, cancellation);
            }
        }
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
            var steps = await database.WriteBehindAsync(t => StepsAsync(t, now, cancellation), cancellation);
            erased += steps.Count(step => step == Step.Erased);
            cases = [.. now.Where((_, i) => steps[i] == Step.More)];
            await Task.Delay(Stopwatch.GetElapsedTime(began), TimeProvider.System, cancellation);
        }

        return erased;
    }

    private async Task<IReadOnlyList<Step>> StepsAsync(
        Transaction transaction,
        IReadOnlyList<string> cases,
        CancellationToken cancellation
    )
    {
        var steps = new List<Step>(cases.Count);
        foreach (var caseId in cases)
        {
            steps.Add(await StepAsync(transaction, caseId, cancellation));
        }

        return steps;
    }

    private async Task<Step> StepAsync(Transaction transaction, string caseId, CancellationToken cancellation)
    {
        var kept = await KeptRows.FindAsync(transaction, caseId, cancellation);
        if (kept is null || !await IsDueAsync(transaction, kept, cancellation))
        {
            return Step.Kept;
        }

        switch (await messages.EraseAsync(transaction, caseId, Why, cancellation))
        {
            case CaseErased.Some:
                return Step.More;
            case CaseErased.Waits:
                return Step.Kept;
            default:
                await FinishAsync(transaction, kept, cancellation);
                return Step.Erased;
        }
    }

    private async Task FinishAsync(Transaction transaction, KeptCase kept, CancellationToken cancellation)
    {
        await CaseEnds.EraseNotesAsync(transaction, kept.CaseId, cancellation);
        await Extensions.EraseAsync(transaction, kept.CaseId, cancellation);
        var row = kept with { State = KeptCase.Erased, ErasedAt = clock.GetUtcNow() };
        await KeptRows.SaveAsync(transaction, row, cancellation);
        var leaf = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Erase,
            $"case:{kept.CaseId}",
            Why,
            Link: kept.Partner
        );
        await ledger.AppendAsync(transaction, leaf, cancellation);
    }

    /// <summary>
    /// The row may be behind what happened: a message may have come a moment ago, or an answer was not taken and its request
    /// is open again.
    /// </summary>
    private async Task<bool> IsDueAsync(Transaction transaction, KeptCase kept, CancellationToken cancellation)
    {
        if (!kept.DueAt(clock.GetUtcNow()))
        {
            return false;
        }

        var open = await CaseEnds.OpenAsync(transaction, [kept.CaseId], cancellation);
        var last = await CaseMessages.LastAsync(transaction, kept.CaseId, cancellation);
        var now = kept with { LastAt = last > kept.LastAt ? last.Value : kept.LastAt };
        now = now with
        {
            EndedAt =
                open.Count > 0 ? null
                : last > kept.LastAt ? now.LastAt
                : kept.EndedAt,
        };
        if (now == kept)
        {
            return true;
        }

        await KeptRows.SaveAsync(transaction, now, cancellation);
        return now.Dated().DueAt(clock.GetUtcNow());
    }

    private enum Step
    {
        Kept,
        More,
        Erased,
    }

    private sealed class Due
    {
        public required DateTimeOffset EraseAt { get; init; }
        public required string CaseId { get; init; }
    }
}
