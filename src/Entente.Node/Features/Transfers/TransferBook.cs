using Entente.Node.Features.Accounts;
using Entente.Node.Features.Delivery;
using Entente.Node.Features.Exchange;
using Entente.Node.Features.Protection;
using Entente.Node.Guard;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Transfers;

/// <summary>The transfer files, newest first, and one of them with what its reader may see of its message.</summary>
internal sealed class TransferBook(
    Database database,
    MessageFollower follower,
    CaseBook book,
    CaseReader cases,
    SeenMessages messages,
    LedgerLog ledger
)
{
    public const int PageSize = 50;

    public async Task<TransferPageOf> ListAsync(string? partner, PageKey? before, CancellationToken cancellation)
    {
        const string all = $"""
            SELECT {Transfer.Columns} FROM transfer f WHERE (f.at, f.message_id) < (@At, @Id)
            ORDER BY f.at DESC, f.message_id DESC LIMIT @Limit
            """;
        const string one = $"""
            SELECT {Transfer.Columns} FROM transfer f
            WHERE f.partner = @Partner AND (f.at, f.message_id) < (@At, @Id)
            ORDER BY f.at DESC, f.message_id DESC LIMIT @Limit
            """;
        await follower.FollowAsync(cancellation);
        var key = before ?? PageKey.Newest;
        var values = new
        {
            Partner = partner,
            key.At,
            key.Id,
            Limit = PageSize + 1,
        };
        var rows = await database.ReadAsync(
            c => c.ListAsync<Transfer>(partner is null ? all : one, values, cancellation),
            cancellation
        );
        IReadOnlyList<Transfer> page = [.. rows.Take(PageSize)];
        return new TransferPageOf(page, rows.Count > PageSize ? new PageKey(page[^1].At, page[^1].MessageId) : null);
    }

    public async Task<TransferFile?> FindAsync(Officer officer, string message, CancellationToken cancellation)
    {
        const string sql = $"SELECT {Transfer.Columns} FROM transfer f WHERE f.message_id = @Id";
        await follower.FollowAsync(cancellation);
        var row = await database.ReadAsync(
            c => c.OneAsync<Transfer>(sql, new { Id = message }, cancellation),
            cancellation
        );
        if (row is null || !await MaySeeAsync(officer, row, cancellation))
        {
            return null;
        }

        var stored = await messages.FindAsync(message, cancellation);
        var opened = Reads(officer) ? await cases.MessageAsync(officer, row.CaseId, message, cancellation) : null;
        if (opened is not null)
        {
            var consult = new LedgerEvent(
                officer.Login,
                LedgerAction.Consult,
                $"message:{message}",
                "transfer-file",
                Link: row.Partner
            );
            await database.WriteAsync(t => ledger.AppendAsync(t, consult, cancellation), cancellation);
        }

        return new TransferFile(row, stored?.Delivered, opened, Reads(officer));
    }

    /// <summary>Those who read the list read each file; an officer those of their own cases, as far as they are cleared.</summary>
    private async Task<bool> MaySeeAsync(Officer officer, Transfer row, CancellationToken cancellation) =>
        TransferReaders.List.Split(',').Any(role => officer.Is(Enum.Parse<Role>(role)))
        || (row.Rank <= officer.Clearance && (await book.RowsAsync(officer, row.CaseId, cancellation)).Count > 0);

    /// <summary>Auditors and protection officers see the codes; the words are for those who work on cases.</summary>
    private static bool Reads(Officer officer) => officer.Is(Role.Officer) || officer.Is(Role.Supervisor);
}

internal sealed record TransferPageOf(IReadOnlyList<Transfer> Transfers, PageKey? Next);

/// <param name="Delivered">The receipt's time; null while there is none.</param>
/// <param name="Opened">Null where it is not this reader's to read, or is erased.</param>
/// <param name="Reads">The reader's roles let them read words at all.</param>
internal sealed record TransferFile(Transfer Transfer, DateTimeOffset? Delivered, OpenedMessage? Opened, bool Reads)
{
    /// <summary>The file as a document: with the message's words for whoever reads them, else in codes.</summary>
    public Departing Export =>
        new(DisclosureAct.Export, $"message:{Transfer.MessageId}", "transfer-file")
        {
            Kind = Transfer.Kind,
            Partner = Transfer.Partner,
            Messages = [Transfer.MessageId],
            CodesOnly = Opened is null,
        };
}
