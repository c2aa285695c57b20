using System.Text.Json;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Protection;
using Entente.Node.Features.Retention.Registers;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Breach;

/// <summary>Records a breach, assesses it, records who was told, closes it. Each step is in the ledger, without a word of it.</summary>
internal sealed class BreachDesk(
    Database database,
    BreachBook book,
    SeenMessages messages,
    RegisterPeriods periods,
    ContentSeal seal,
    LedgerLog ledger,
    Ids ids,
    TimeProvider clock
)
{
    public const int LongestText = 5000;
    private const int MostMessages = 1000;

    public async Task<(string? Id, BreachError? Error)> RecordAsync(
        Officer officer,
        DateTimeOffset noticed,
        IReadOnlyList<string> natures,
        BreachFacts facts,
        CancellationToken cancellation
    )
    {
        List<string> nature = [.. BreachCase.Natures.Where(natures.Contains)];
        if (nature.Count == 0 || facts.What.Length == 0 || IsTooLong(facts))
        {
            return (null, new BreachError.FactsMissing());
        }

        if (noticed > clock.GetUtcNow())
        {
            return (null, new BreachError.InFuture());
        }

        const string sql = """
            INSERT INTO breach (id, noticed_at, recorded_at, recorded_by, nature, risk, data_key, sealed)
            VALUES (@Id, @Noticed, @Now, @By, @Nature, '', @DataKey, @Sealed)
            """;
        var id = ids.New();
        await database.WriteAsync(
            async t =>
            {
                var content = await seal.SealAsync(t, Bytes(facts), cancellation);
                var values = new
                {
                    Id = id,
                    Noticed = noticed,
                    Now = clock.GetUtcNow(),
                    By = officer.Login,
                    Nature = string.Join(',', nature),
                    content.DataKey,
                    Sealed = content.Bytes,
                };
                await t.RunAsync(sql, values, cancellation);
                await LedgerAsync(t, officer, id, "breach-recorded", cancellation);
            },
            cancellation
        );
        return (id, null);
    }

    /// <summary>How grave it is, and which messages it concerns: by their ids, or by their cases'.</summary>
    public Task<BreachError?> AssessAsync(
        Officer officer,
        string id,
        string risk,
        IReadOnlyList<string> concerned,
        BreachFacts facts,
        CancellationToken cancellation
    ) =>
        StepAsync(
            id,
            file =>
                !BreachCase.Risks.Contains(risk) ? new BreachError.RiskMissing()
                : facts.What.Length == 0 || IsTooLong(facts) ? new BreachError.FactsMissing()
                : null,
            async (t, file) =>
            {
                const string sql = "UPDATE breach SET risk = @Risk WHERE id = @Id";
                await t.RunAsync(sql, new { Id = id, Risk = risk }, cancellation);
                var kept = facts with { LateReason = file.Facts.LateReason, Reference = file.Facts.Reference };
                await RewriteAsync(t, file.Breach, kept, cancellation);
                await ConcernAsync(t, id, concerned, cancellation);
                await LedgerAsync(t, officer, id, $"breach-assessed:{risk}", cancellation);
            },
            cancellation
        );

    /// <summary>The supervisory authority was told, at that time; after 72 hours the reasons go with it.</summary>
    public Task<BreachError?> NotifiedAsync(
        Officer officer,
        string id,
        DateTimeOffset at,
        string reference,
        string lateReason,
        CancellationToken cancellation
    ) =>
        StepAsync(
            id,
            file =>
                at > clock.GetUtcNow() || at < file.Breach.NoticedAt ? new BreachError.InFuture()
                : at > file.Breach.Due && lateReason.Trim().Length == 0 ? new BreachError.LateReasonMissing()
                : null,
            async (t, file) =>
            {
                const string sql = "UPDATE breach SET notified_at = @At, notified_by = @By WHERE id = @Id";
                var values = new
                {
                    Id = id,
                    At = at,
                    By = officer.Login,
                };
                await t.RunAsync(sql, values, cancellation);
                var facts = file.Facts with { Reference = reference.Trim(), LateReason = lateReason.Trim() };
                await RewriteAsync(t, file.Breach, facts, cancellation);
                var late = at > file.Breach.Due ? "breach-notified-late" : "breach-notified";
                await LedgerAsync(t, officer, id, late, cancellation);
            },
            cancellation
        );

    public Task<BreachError?> PersonsToldAsync(Officer officer, string id, CancellationToken cancellation) =>
        StepAsync(
            id,
            file => null,
            async (t, file) =>
            {
                const string sql = "UPDATE breach SET persons_told_at = @At WHERE id = @Id";
                await t.RunAsync(sql, new { Id = id, At = clock.GetUtcNow() }, cancellation);
                await LedgerAsync(t, officer, id, "breach-persons-told", cancellation);
            },
            cancellation
        );

    /// <summary>Nothing owed is left open.</summary>
    public Task<BreachError?> CloseAsync(Officer officer, string id, CancellationToken cancellation) =>
        StepAsync(
            id,
            file =>
                file.Breach.Risk.Length == 0 ? new BreachError.RiskMissing()
                : (file.Breach.IsToNotify && (file.Breach.NotifiedAt is null || file.Untold.Count > 0))
                || (file.Breach.IsToTellPersons && file.Breach.PersonsToldAt is null)
                    ? new BreachError.Untold()
                : null,
            async (t, file) =>
            {
                const string sql = """
                    UPDATE breach SET closed_at = @At, closed_by = @By, review_at = @ReviewAt, erase_at = @EraseAt
                    WHERE id = @Id
                    """;
                var at = clock.GetUtcNow();
                var values = new
                {
                    Id = id,
                    At = at,
                    By = officer.Login,
                    ReviewAt = periods.Review(at),
                    EraseAt = periods.Erase(at),
                };
                await t.RunAsync(sql, values, cancellation);
                await LedgerAsync(t, officer, id, "breach-closed", cancellation);
            },
            cancellation
        );

    private async Task<BreachError?> StepAsync(
        string id,
        Func<BreachFile, BreachError?> check,
        Func<Transaction, BreachFile, Task> step,
        CancellationToken cancellation
    )
    {
        var file = await book.FindAsync(id, cancellation);
        var error =
            file is null ? new BreachError.Unknown()
            : file.Breach.ClosedAt is not null ? new BreachError.Closed()
            : check(file);
        if (error is null)
        {
            await database.WriteAsync(t => step(t, file!), cancellation); // Checked.
        }

        return error;
    }

    private async Task ConcernAsync(
        Transaction transaction,
        string id,
        IReadOnlyList<string> concerned,
        CancellationToken cancellation
    )
    {
        const string clear = "DELETE FROM breach_message WHERE breach_id = @Id";
        const string add = """
            INSERT INTO breach_message (breach_id, message_id, partner) VALUES (@Id, @Message, @Partner)
            ON CONFLICT (breach_id, message_id) DO NOTHING
            """;
        await transaction.RunAsync(clear, new { Id = id }, cancellation);
        foreach (var one in concerned.Where(text => Guid.TryParse(text, out _)).Take(MostMessages))
        {
            IEnumerable<StoredMessage> found = await messages.FindAsync(transaction, one, cancellation) is { } message
                ? [message]
                : await messages.CaseAsync(one, cancellation);
            foreach (var stored in found.Where(m => m.Kind != Entente.Protocol.Kinds.Progress))
            {
                var values = new
                {
                    Id = id,
                    Message = stored.Id,
                    stored.Partner,
                };
                await transaction.RunAsync(add, values, cancellation);
            }
        }
    }

    private async Task RewriteAsync(
        Transaction transaction,
        BreachCase row,
        BreachFacts facts,
        CancellationToken cancellation
    )
    {
        const string sql = "UPDATE breach SET data_key = @DataKey, sealed = @Sealed WHERE id = @Id";
        var content = await seal.SealAsync(transaction, Bytes(facts), cancellation);
        var values = new
        {
            row.Id,
            content.DataKey,
            Sealed = content.Bytes,
        };
        await transaction.RunAsync(sql, values, cancellation);
        await ContentSeal.EraseAsync(transaction, row.DataKey, cancellation);
    }

    private Task LedgerAsync(
        Transaction transaction,
        Officer officer,
        string id,
        string why,
        CancellationToken cancellation
    ) =>
        ledger.AppendAsync(
            transaction,
            new LedgerEvent(officer.Login, LedgerAction.Decide, $"breach:{id}", why),
            cancellation
        );

    private static byte[] Bytes(BreachFacts facts) => JsonSerializer.SerializeToUtf8Bytes(facts, BreachBook.Json);

    private static bool IsTooLong(BreachFacts facts) =>
        new[] { facts.What, facts.Persons, facts.Consequences, facts.Measures, facts.Contact }.Any(text =>
            text.Length > LongestText
        );
}
