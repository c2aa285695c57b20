using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Protocol;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Exchange;

/// <summary>What officers do with a case: open it, take it, remark on it. Each leaves its leaf in the ledger.</summary>
internal sealed class CaseDesk(
    Database database,
    CaseBook cases,
    MessageStore messages,
    PermissionBook permissions,
    DisclosureGuard guard,
    DecisionBook decisions,
    ProgressDesk progress,
    LedgerLog ledger,
    ContentSeal seal,
    Ids ids,
    TimeProvider clock
)
{
    /// <summary>Opens a case to an officer: ledgers the consultation, and tells the partner that its request was seen.</summary>
    public async Task<CaseFile?> OpenAsync(Officer officer, string caseId, CancellationToken cancellation)
    {
        var rows = await cases.RowsAsync(officer, caseId, cancellation);
        if (rows.Count == 0)
        {
            return null;
        }

        var own = rows.Any(row => row.Unit.Length == 0 || row.Unit == officer.Unit);
        var consult = new LedgerEvent(
            officer.Login,
            LedgerAction.Consult,
            $"case:{caseId}",
            own ? "casework" : "supervision",
            Link: rows[0].Partner
        );
        await database.WriteAsync(t => ledger.AppendAsync(t, consult, cancellation), cancellation);
        foreach (var row in rows.Where(row => own && row is { Incoming: true, SeenAt: null }))
        {
            await progress.SeenAsync(officer, row, cancellation);
        }

        return await ReadAsync(officer, caseId, cancellation);
    }

    /// <returns>False where somebody else has it, or there is nothing to take.</returns>
    public async Task<bool> TakeAsync(Officer officer, string requestId, CancellationToken cancellation)
    {
        var row = await cases.RequestAsync(officer, requestId, cancellation);
        return row is { Incoming: true, TakenAt: null }
            && row.Rank <= officer.Clearance
            && await progress.TakenAsync(officer, row, cancellation);
    }

    public async Task<bool> NoteAsync(Officer officer, string caseId, string text, CancellationToken cancellation)
    {
        var rows = await cases.RowsAsync(officer, caseId, cancellation);
        if (rows.Count == 0 || string.IsNullOrWhiteSpace(text) || text.Length > DraftLimits.Text)
        {
            return false;
        }

        const string sql = """
            INSERT INTO case_note (id, case_id, at, author, data_key, sealed)
            VALUES (@Id, @Case, @At, @Author, @DataKey, @Sealed)
            """;
        await database.WriteAsync(
            async t =>
            {
                var content = await seal.SealAsync(t, Encoding.UTF8.GetBytes(text.Trim()), cancellation);
                var values = new
                {
                    Id = ids.New(),
                    Case = caseId,
                    At = clock.GetUtcNow(),
                    Author = officer.Name,
                    content.DataKey,
                    Sealed = content.Bytes,
                };
                await t.RunAsync(sql, values, cancellation);
                var leaf = new LedgerEvent(officer.Login, LedgerAction.Collect, $"case:{caseId}", "note");
                await ledger.AppendAsync(t, leaf, cancellation);
            },
            cancellation
        );
        return true;
    }

    private async Task<CaseFile> ReadAsync(Officer officer, string caseId, CancellationToken cancellation)
    {
        var entries = new List<CaseEntry>();
        foreach (var stored in await messages.CaseAsync(caseId, cancellation))
        {
            entries.Add(await EntryAsync(officer, stored, cancellation));
        }

        var notes = await cases.NotesAsync(caseId, cancellation);
        return new CaseFile
        {
            Id = caseId,
            Rows = await cases.RowsAsync(officer, caseId, cancellation),
            Entries = entries,
            Notes = [.. notes.Select(Open)],
            Permissions = await permissions.OfCaseAsync(caseId, cancellation),
        };
    }

    private async Task<CaseEntry> EntryAsync(Officer officer, StoredMessage stored, CancellationToken cancellation)
    {
        var view = new Disclosure
        {
            Act = DisclosureAct.View,
            Officer = officer,
            Kind = stored.Kind,
            Partner = stored.Partner,
            Rank = stored.ClassificationRank,
        };
        var decision = await guard.DecideAsync(view, cancellation);
        if (!decision.Allowed)
        {
            await decisions.RecordAsync(Objection.To(view, decision, $"message:{stored.Id}"), cancellation);
            return new CaseEntry(stored, null, decision);
        }

        return new CaseEntry(stored, await messages.OpenAsync(stored.Id, cancellation), decision);
    }

    private CaseNote Open(NoteRow row) =>
        new(row.At, row.Author, Encoding.UTF8.GetString(seal.Open(row.DataKey, row.Wrapped, row.Sealed)));
}
