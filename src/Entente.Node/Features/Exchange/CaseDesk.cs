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
    CaseReader reader,
    RecentConsultations consultations,
    ExitDoor exits,
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
        var why = own ? "casework" : "supervision";
        await consultations.NoteAsync(officer, caseId, rows[0].Partner, why, cancellation);
        foreach (var row in rows.Where(row => own && row is { Incoming: true, SeenAt: null }))
        {
            await progress.SeenAsync(officer, row, cancellation);
        }

        return await reader.ReadAsync(officer, caseId, cancellation);
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

    /// <summary>A message as it would stand on paper, and what the guard says to that; null where it is not theirs to read.</summary>
    public async Task<PrintedSheet?> PrintAsync(
        Officer officer,
        string caseId,
        string message,
        CancellationToken cancellation
    ) =>
        await reader.MessageAsync(officer, caseId, message, cancellation) is { } opened
            ? new PrintedSheet(opened, await exits.LeaveAsync(officer, PrintedSheet.Of(opened.Stored), cancellation))
            : null;

    /// <summary>An attachment of a message in a case the officer may read; its opening is ledgered.</summary>
    public async Task<(OpenedMessage Message, Attachment File)?> FileAsync(
        Officer officer,
        string caseId,
        string message,
        int index,
        CancellationToken cancellation
    )
    {
        var opened = await reader.MessageAsync(officer, caseId, message, cancellation);
        if (opened?.Message.Attachments?.ElementAtOrDefault(index) is not { } file)
        {
            return null;
        }

        var consult = new LedgerEvent(
            officer.Login,
            LedgerAction.Consult,
            $"message:{message}",
            "attachment",
            file.Sha256.ToString(),
            opened.Stored.Partner
        );
        await database.WriteAsync(t => ledger.AppendAsync(t, consult, cancellation), cancellation);
        return (opened, file);
    }
}
