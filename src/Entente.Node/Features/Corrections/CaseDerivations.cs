using Entente.Node.Features.Audit;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Storage;

namespace Entente.Node.Features.Corrections;

/// <summary>What the exchange made of a message: passed on, answered in its case, noted, given out as a file or as evidence.</summary>
internal sealed class CaseDerivations(SeenMessages messages, CaseBook cases, LedgerBook ledger) : IDerivations
{
    private const int Most = 200;

    public async Task<IReadOnlyList<Derived>> OfAsync(
        Transaction transaction,
        string messageId,
        CancellationToken cancellation
    )
    {
        if (await messages.FindAsync(transaction, messageId, cancellation) is not { } about)
        {
            return [];
        }

        var derived = new List<Derived>();
        foreach (var passed in await CaseBook.PassedOnAsync(transaction, messageId, cancellation))
        {
            derived.Add(new Derived("passed-on", $"message:{passed.Id}", passed.Sent));
        }

        var written = (await messages.CaseAsync(about.CaseId, cancellation)).Where(m =>
            m.Direction == MessageDirection.Out
            && m.At > about.At
            && m.Kind
                is Protocol.Kinds.Answer
                    or Protocol.Kinds.Information
                    or Protocol.Kinds.Alert
                    or Protocol.Kinds.Request
        );
        derived.AddRange(written.Take(Most).Select(m => new Derived("answer", $"message:{m.Id}", m.At)));
        var notes = await cases.NotesAsync(about.CaseId, cancellation);
        derived.AddRange(
            notes.Where(n => n.At > about.At).Take(1).Select(n => new Derived("notes", $"case:{about.CaseId}", n.At))
        );
        derived.AddRange(await TakenOutAsync(messageId, cancellation));
        return derived;
    }

    /// <summary>Whatever left this node in a form that no rule follows is told by the ledger alone.</summary>
    private async Task<IEnumerable<Derived>> TakenOutAsync(string messageId, CancellationToken cancellation)
    {
        var filter = new LedgerFilter(Object: $"message:{messageId}");
        var events = await ledger.EventsAsync(filter, null, Most, cancellation);
        return events
            .Select(e => (Event: e, Kind: Kind(e)))
            .Where(e => e.Kind is not null)
            .Select(e => new Derived(e.Kind!, $"ledger:{e.Event.Idx}", e.Event.At)); // Filtered.
    }

    private static string? Kind(LedgerEntry e) =>
        (e.Action, e.Why) switch
        {
            ("disclose", "evidence") => "evidence",
            ("consult", "attachment") => "download",
            ("disclose", "print" or "export" or "briefing" or "brief") => "export",
            _ => null,
        };
}
