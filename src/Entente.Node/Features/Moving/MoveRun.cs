using System.Globalization;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Backup;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Verification;
using Microsoft.Data.Sqlite;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Moving;

/// <summary>
/// Moves a stopped node from the embedded database to PostgreSQL: every row in one transaction of an empty database, then
/// counts, ledger root and everything that `entente verify` checks; only then the settings. The old file stays, renamed.
/// </summary>
internal sealed class MoveRun(NodeHome home, TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Steps = ["rows", .. NodeVerification.Steps];

    /// <exception cref="BackupRefused">Nothing was changed.</exception>
    public async Task<MoveDone> RunAsync(
        string connectionString,
        Func<string, Advance> progress,
        CancellationToken cancellation
    )
    {
        var options = home.Load();
        if (options.Database is not null)
        {
            throw new BackupRefused(new AlreadyMoved());
        }

        await BringUpToDateAsync(options, cancellation);
        MoveDone done;
        var target = options with { Database = connectionString };
        await using (var source = await SqliteHold.TakeAsync(home.DatabaseFile, cancellation))
        {
            var facts = await SnapshotFacts.OfAsync(source.Connection, cancellation);
            await using var filling = await PostgresFilling.BeginAsync(
                connectionString,
                _ => true,
                facts.FirstYear,
                clock,
                cancellation
            );
            var rows = await new RowMove(source.Connection, filling).RunAsync(progress("rows").At, cancellation);
            await filling.CommitAsync(cancellation);
            await VerifyAsync(target, facts.Head, progress, cancellation);
            await AccountAsync(target, facts.Head, cancellation);
            filling.Keep();
            home.Save(target);
            done = new MoveDone(rows, facts.Head, home.DatabaseFile + ".before-postgres");
        }

        SetAside(done.OldFile);
        return done;
    }

    private async Task BringUpToDateAsync(NodeOptions options, CancellationToken cancellation)
    {
        await using var database = new Database(home.ConnectionString(options));
        await new Migrator(database, clock).ApplyAsync(cancellation);
    }

    private async Task VerifyAsync(
        NodeOptions target,
        LedgerHead expected,
        Func<string, Advance> progress,
        CancellationToken cancellation
    )
    {
        var (report, head) = await NodeVerification.RunAsync(home, target, progress, cancellation);
        if (!report.Ok)
        {
            var first = report.Problems[0];
            throw new BackupRefused(new MovedDoesNotVerify(report.ProblemCount, $"{first.Row}: {first.What}"));
        }

        if (head.Size != expected.Size || head.Root != expected.Root)
        {
            throw new BackupRefused(new MovedDoesNotVerify(1, "the ledger has another root"));
        }
    }

    /// <summary>The last commit: a standby that confirms it has everything before it.</summary>
    private async Task AccountAsync(NodeOptions target, LedgerHead head, CancellationToken cancellation)
    {
        await using var services = NodeServices.Build(home, target, clock);
        var ledger = services.GetRequiredService<LedgerLog>();
        var moved = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            string.Create(CultureInfo.InvariantCulture, $"ledger:{head.Size}"),
            "moved-to-postgres",
            head.Root.ToString()
        );
        var database = services.GetRequiredService<Database>();
        try
        {
            await database.WriteAsync(t => ledger.AppendAsync(t, moved, cancellation), cancellation);
        }
        catch (UnconfirmedCommitException)
        {
            throw new BackupRefused(new NotConfirmed());
        }
    }

    /// <summary>The settings name PostgreSQL already: whatever happens here, the node is moved.</summary>
    private void SetAside(string oldFile)
    {
        SqliteConnection.ClearAllPools();
        File.Move(home.DatabaseFile, oldFile, overwrite: true);
        foreach (var beside in (string[])["-wal", "-shm"])
        {
            File.Delete(home.DatabaseFile + beside);
        }

        // Backups begin a new chain: the pieces of a file are not those of tables.
        ChainMemory.Forget(home);
    }
}

/// <param name="OldFile">Where the embedded database is now.</param>
internal sealed record MoveDone(long Rows, LedgerHead Head, string OldFile);

internal sealed record AlreadyMoved() : BackupProblem("This node is on PostgreSQL already.");

internal sealed record TablesDiffer(string What)
    : BackupProblem($"The two databases do not have the same tables: {What}. Nothing was changed.");

internal sealed record MovedDoesNotVerify(long Problems, string First)
    : BackupProblem(
        string.Create(
            CultureInfo.InvariantCulture,
            $"What arrived in PostgreSQL does not verify ({Problems} problems; the first: {First}). It was taken away again; the node stays as it was."
        )
    );
