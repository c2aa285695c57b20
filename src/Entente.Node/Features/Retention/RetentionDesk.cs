using Entente.Node.Features.Accounts;
using Entente.Node.Features.Exchange;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Retention;

/// <summary>What a protection officer decides at a review, for one case or for many.</summary>
internal sealed class RetentionDesk(Database database, LedgerLog ledger, TimeProvider clock)
{
    /// <summary>A page of the queue.</summary>
    public const int Most = 100;

    /// <summary>Still needed: the next review is due after the period between reviews. The end does not move.</summary>
    /// <returns>How many were reviewed.</returns>
    public Task<int> ConfirmAsync(Officer officer, IReadOnlyList<string> cases, CancellationToken cancellation) =>
        DecideAsync(
            officer,
            cases,
            "retention-confirmed",
            (kept, now) => kept with { ReviewedAt = now, ReviewedBy = officer.Login },
            cancellation
        );

    /// <summary>No longer needed: erased at the next round. An exchange that goes on is not ended by it.</summary>
    public Task<int> EndAsync(Officer officer, IReadOnlyList<string> cases, CancellationToken cancellation) =>
        DecideAsync(
            officer,
            cases,
            "retention-ended",
            (kept, now) =>
                kept.EndedAt is null
                    ? null
                    : kept with
                    {
                        ReviewedAt = now,
                        ReviewedBy = officer.Login,
                        ClosedEarly = now,
                        ExtendedUntil = null,
                    },
            cancellation
        );

    private Task<int> DecideAsync(
        Officer officer,
        IReadOnlyList<string> cases,
        string why,
        Func<KeptCase, DateTimeOffset, KeptCase?> decide,
        CancellationToken cancellation
    ) =>
        database.WriteAsync(
            async t =>
            {
                IReadOnlyList<string> chosen = [.. cases.Distinct(StringComparer.Ordinal).Take(Most)];
                var rows = await KeptRows.FindAsync(t, chosen, cancellation);
                var open = await CaseEnds.OpenAsync(t, chosen, cancellation);
                var decided = new List<LedgerEvent>();
                foreach (var row in rows.Values.Where(row => row.State == KeptCase.Held))
                {
                    var now = row with { EndedAt = open.Contains(row.CaseId) ? null : row.EndedAt };
                    if (decide(now, clock.GetUtcNow()) is { } after)
                    {
                        await KeptRows.SaveAsync(t, after, cancellation);
                        decided.Add(
                            new(officer.Login, LedgerAction.Decide, $"case:{row.CaseId}", why, Link: row.Partner)
                        );
                    }
                }

                if (decided.Count > 0)
                {
                    await ledger.AppendAsync(t, decided, cancellation);
                }

                return decided.Count;
            },
            cancellation
        );
}
