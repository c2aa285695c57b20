using System.Text;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Storage;

namespace Entente.Node.Features.Exchange;

/// <summary>Puts a case together for one reader: the guard judges each message before it is opened.</summary>
internal sealed class CaseReader(
    CaseBook cases,
    SeenMessages messages,
    PermissionBook permissions,
    UseDoor door,
    ProofLimit limit,
    DisclosureGuard guard,
    DecisionBook decisions,
    ContentSeal seal
)
{
    /// <summary>One message of a case; null where the officer has no part in it or the guard refuses.</summary>
    public async Task<OpenedMessage?> MessageAsync(
        Officer officer,
        string caseId,
        string message,
        CancellationToken cancellation
    )
    {
        var stored = await messages.FindAsync(message, cancellation);
        return stored?.CaseId == caseId && (await cases.RowsAsync(officer, caseId, cancellation)).Count > 0
            ? (await EntriesAsync(officer, [stored], cancellation))[0].Opened
            : null;
    }

    public async Task<CaseFile> ReadAsync(Officer officer, string caseId, CancellationToken cancellation)
    {
        // The state before the messages: what it says has come is then among them.
        var rows = await cases.RowsAsync(officer, caseId, cancellation);
        var entries = await EntriesAsync(officer, await messages.CaseAsync(caseId, cancellation), cancellation);
        var notes = await cases.NotesAsync(caseId, cancellation);
        return new CaseFile
        {
            Id = caseId,
            Rows = rows,
            Entries = entries,
            // A note may speak of all that stood in the case when it was written.
            Notes =
            [
                .. notes
                    .Where(note => entries.All(entry => entry.View.Allowed || entry.Stored.At > note.At))
                    .Select(Open),
            ],
            Permissions = await permissions.OfCaseAsync(caseId, cancellation),
        };
    }

    private async Task<IReadOnlyList<CaseEntry>> EntriesAsync(
        Officer officer,
        IReadOnlyList<StoredMessage> stored,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<string> ids = [.. stored.Select(message => message.Id)];
        var views = await door.DisclosuresAsync(officer, DisclosureAct.View, ids, audience: null, cancellation);
        var passing = await door.PassingOnAsync(officer, ids, cancellation);
        var entries = new List<CaseEntry>(stored.Count);
        foreach (var message in stored)
        {
            var entry = await EntryAsync(message, views[message.Id], cancellation);
            entries.Add(
                entry with
                {
                    Prove =
                        limit.Against(officer, message)
                        ?? await guard.ForeseeAsync(views[message.Id] with { Act = DisclosureAct.Prove }, cancellation),
                    Print = await guard.ForeseeAsync(
                        views[message.Id] with
                        {
                            Act = DisclosureAct.Print,
                        },
                        cancellation
                    ),
                    PassOn = passing.GetValueOrDefault(message.Id),
                }
            );
        }

        return entries;
    }

    private async Task<CaseEntry> EntryAsync(StoredMessage stored, Disclosure view, CancellationToken cancellation)
    {
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
