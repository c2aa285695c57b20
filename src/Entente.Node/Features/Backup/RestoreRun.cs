using System.Globalization;
using System.Security.Cryptography;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Verification;

namespace Entente.Node.Features.Backup;

/// <summary>
/// Puts a node back from the files of one chain: everything is read and checked, built beside what is there, verified as
/// `entente verify` does, and only then moved into place; `node.json`, which makes a folder a node, comes last.
/// </summary>
internal sealed class RestoreRun(TimeProvider clock)
{
    public static readonly IReadOnlyList<string> Steps = ["reading", "writing", .. NodeVerification.Steps];

    private const string Building = ".restoring";

    /// <exception cref="BackupRefused">Nothing was replaced.</exception>
    public async Task<RestoreDone> RunAsync(
        RestoreOrder order,
        Func<string, Advance> progress,
        CancellationToken cancellation
    )
    {
        var folder = Path.GetFullPath(order.Folder);
        if (!order.Replace && Contents(folder).Any())
        {
            throw new BackupRefused(new FolderNotEmpty(folder));
        }

        await RefuseRunningAsync(folder, cancellation);
        using var recovery = RecoveryKey.Load(order.KeyFile);
        using var index = ArchiveIndex.Open(order.Files, recovery, alone: false, progress("reading"), cancellation);
        Check(index, order.Database);
        var building = new NodeHome(Path.Combine(folder, Building));
        Discard(building.Folder);
        var moved = false;
        try
        {
            await using var tables = new RestoredTables(index.Manifest, building, clock);
            await WriteAsync(index, building, tables, order.Database, progress("writing"), cancellation);
            await VerifyAsync(building, progress, cancellation);
            await RestoreMark.WriteAsync(building, index.Header, clock, cancellation);
            var replaced = new NodeHome(folder);
            var erased = await ErasedSince.EraseAgainAsync(replaced, building, index.Manifest, clock, cancellation);
            tables.Keep();
            var aside = MoveIn(folder, building.Folder);
            moved = true;
            return new RestoreDone(index.Header, index.Manifest, index.Totals, aside, erased);
        }
        catch (UnconfirmedCommitException)
        {
            throw new BackupRefused(new NotConfirmed());
        }
        finally
        {
            if (!moved)
            {
                Discard(building.Folder); // Nothing half made stays.
            }
        }
    }

    /// <summary>A node must not lose its folder while it serves from it.</summary>
    private static async Task RefuseRunningAsync(string folder, CancellationToken cancellation)
    {
        var there = new NodeHome(folder).DatabaseFile;
        if (File.Exists(there))
        {
            await SqliteHold.RefuseInUseAsync(there, cancellation);
        }
    }

    private static void Check(ArchiveIndex index, string? database)
    {
        var engine = Enum.Parse<Engine>(index.Manifest.Engine, ignoreCase: true);
        if (engine == Engine.Sqlite && database is not null)
        {
            throw new BackupRefused(new OtherEngine());
        }

        var known = Migrator.Known(engine).Select(m => m.Number).ToHashSet();
        if (index.Manifest.Migrations.FirstOrDefault(number => !known.Contains(number)) is > 0 and var unknown)
        {
            throw new BackupRefused(new NewerSchema(unknown));
        }
    }

    private static async Task WriteAsync(
        ArchiveIndex index,
        NodeHome building,
        RestoredTables tables,
        string? database,
        Advance progress,
        CancellationToken cancellation
    )
    {
        using var files = new RestoredFiles(building);
        Part? part = null;
        var (done, all) = (0L, index.Totals.Bytes);
        foreach (var record in index.Records())
        {
            switch (record.Kind)
            {
                case RecordKind.Part:
                    part = record.Read<Part>();
                    if (part.Name.StartsWith(Part.TablePrefix, StringComparison.Ordinal))
                    {
                        UseDatabase(building, database);
                        await tables.BeginAsync(part, cancellation);
                    }
                    else
                    {
                        files.Begin(part);
                    }

                    break;
                case RecordKind.Piece or RecordKind.Known:
                    var piece = index.Piece(record, part!.Name); // Checked: pieces stand in parts.
                    await (tables.Current ?? files.Current).WriteAsync(piece, cancellation);
                    done += piece.Length;
                    progress.At(done, all);
                    break;
                case RecordKind.PartEnd:
                    await tables.EndAsync();
                    files.End();
                    break;
            }
        }

        await tables.CommitAsync(cancellation);
    }

    /// <summary>The connection given goes before the one the node had. Settings stand before tables in a backup.</summary>
    private static void UseDatabase(NodeHome building, string? database)
    {
        if (database is not null && building.Load().Database != database)
        {
            building.Save(building.Load() with { Database = database });
        }
    }

    private static async Task VerifyAsync(
        NodeHome building,
        Func<string, Advance> progress,
        CancellationToken cancellation
    )
    {
        var (report, _) = await NodeVerification.RunAsync(building, progress, cancellation);
        if (!report.Ok)
        {
            var first = report.Problems[0];
            throw new BackupRefused(new DoesNotVerify(report.ProblemCount, $"{first.Row}: {first.What}"));
        }
    }

    /// <returns>Where what was there is now; null when nothing was.</returns>
    private string? MoveIn(string folder, string building)
    {
        var stamp = clock.GetUtcNow().ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        var aside = Path.Combine(folder, $"replaced-{stamp}");
        var old = Contents(folder).ToList();
        if (old.Count > 0)
        {
            Directory.CreateDirectory(aside);
            Move(old, aside);
        }

        Move(Contents(building), folder, settingsLast: true);
        Directory.Delete(building);
        return old.Count > 0 ? aside : null;
    }

    private static void Move(IEnumerable<string> entries, string to, bool settingsLast = false)
    {
        // A folder with node.json is a node: it is the first to leave and the last to arrive.
        foreach (var entry in entries.OrderBy(e => (Path.GetFileName(e) == "node.json") == settingsLast))
        {
            Directory.Move(entry, Path.Combine(to, Path.GetFileName(entry)));
        }
    }

    private static IEnumerable<string> Contents(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFileSystemEntries(folder)
                .Where(e => Path.GetFileName(e) is not (Building or "lost+found"))
                .Where(e => !Path.GetFileName(e).StartsWith("replaced-", StringComparison.Ordinal))
                .ToList()
            : [];

    private static void Discard(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

/// <param name="Files">Every file of the chain, from the full one on, in any order.</param>
/// <param name="Replace">What is in the folder is set aside.</param>
/// <param name="Database">PostgreSQL connection, in place of the one in the backup's settings.</param>
internal sealed record RestoreOrder(
    IReadOnlyList<string> Files,
    string Folder,
    string KeyFile,
    bool Replace = false,
    string? Database = null
);

/// <param name="SetAside">Where what was in the folder is now.</param>
/// <param name="ErasedAgain">False where the replaced node's ledger could not be read: what it had erased since is back.</param>
internal sealed record RestoreDone(
    BackupHeader Header,
    Manifest Manifest,
    Totals Totals,
    string? SetAside,
    bool ErasedAgain
);
