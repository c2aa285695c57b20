using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;

namespace Entente.Node.Verification;

/// <summary>Checks everything in a node's folder that can be checked without a running node and without a partner.</summary>
internal static class NodeVerification
{
    /// <summary>The steps in their order; each has a progress of its own.</summary>
    public static readonly IReadOnlyList<string> Steps = ["ledger", "chains", "receipts", "contents", "database"];

    public static Task<(Report Report, LedgerHead Head)> RunAsync(
        NodeHome home,
        Func<string, Advance> progress,
        CancellationToken cancellation
    ) => RunAsync(home, home.Load(), progress, cancellation);

    /// <summary>The same with other settings than the folder's, such as a database that is not in use yet.</summary>
    public static async Task<(Report Report, LedgerHead Head)> RunAsync(
        NodeHome home,
        NodeOptions options,
        Func<string, Advance> progress,
        CancellationToken cancellation
    )
    {
        await using var database = Database.ReadOnly(home.SessionConnectionString(options));
        await using var connection = await database.OpenAsync(cancellation);
        using var master = TryLoad(home);
        var seal = master is null ? null : new ContentSeal(master, new Ids(TimeProvider.System));
        var report = new Report();
        var store = new StoreCheck(database);
        var looking = store.RunAsync(progress("database"), cancellation);
        LedgerHead head;
        try
        {
            using var cards = await Cards.LoadAsync(connection, options.Node, report, cancellation);
            head = await new LedgerCheck(connection, cards, report).RunAsync(progress("ledger"), cancellation);
            await new ChainCheck(connection, cards, report).RunAsync(progress("chains"), cancellation);
            await new ReceiptCheck(connection, cards, report).RunAsync(progress("receipts"), cancellation);
            await new QuietDayCheck(connection, report).RunAsync(cancellation);
            await new RefusalDayCheck(connection, report).RunAsync(cancellation);
            await new ContentCheck(connection, seal, report).RunAsync(progress("contents"), cancellation);
        }
        finally
        {
            await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Its connection is this database's.
        }

        await looking;
        store.Tell(report);
        return (report, head);
    }

    /// <summary>An auditor may have the folder without the key: everything but the contents is checked then.</summary>
    private static MasterKey? TryLoad(NodeHome home)
    {
        try
        {
            return MasterKey.Load(home.MasterKeyFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }
}
