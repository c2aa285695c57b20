using System.Globalization;
using System.Security.Cryptography;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Ledger;
using Entente.Node.Storage;
using Entente.Node.Verification;
using LedgerAction = Entente.Node.Ledger.LedgerAction;
using LedgerEvent = Entente.Node.Ledger.LedgerEvent;

namespace Entente.Node.Features.Backup;

/// <summary>
/// Makes one backup while the node serves: settings and keys → database → attachments, which are on disk before the
/// rows that name them. The file is there whole or not at all.
/// </summary>
internal sealed class BackupRun(
    NodeHome home,
    NodeOptions options,
    Database database,
    MasterKey master,
    RecoverySetting setting,
    LedgerLog ledger,
    Ids ids,
    TimeProvider clock
)
{
    public static readonly IReadOnlyList<string> Steps = ["snapshot", "database", "attachments"];

    /// <param name="full">Begins a new chain even where the last one could go on.</param>
    /// <exception cref="BackupRefused">It cannot be made; nothing is left behind.</exception>
    public async Task<BackupDone> MakeAsync(
        string path,
        bool full,
        Func<string, Advance> progress,
        CancellationToken cancellation
    )
    {
        var recovery = await setting.FindAsync(cancellation) ?? throw new BackupRefused(new NoRecoveryKey());
        if (File.Exists(path))
        {
            throw new BackupRefused(new FileIsThere(path));
        }

        RequireFolder(path);
        using var alone = Lock();
        var last = full ? null : ChainMemory.Load(home, master);
        var memory =
            last is not null && last.Next.Recovery == recovery.Thumbprint
                ? last
                : ChainMemory.Begin(ids.New(), recovery.Thumbprint);
        var header = new BackupHeader
        {
            Node = options.Node,
            Engine = database.Engine.ToString().ToLowerInvariant(),
            At = clock.GetUtcNow(),
            Chain = memory.Next.Chain,
            Number = memory.Next.Number,
            Id = ids.New(),
            Previous = memory.Next.Previous,
            Recovery = recovery.Thumbprint,
            Epk = recovery, // Replaced by the ephemeral key.
        };
        var part = path + ".part";
        try
        {
            var totals = await WriteAsync(part, header, recovery, memory, progress, cancellation);
            File.Move(part, path);
            memory.Save(home, master, header.Id);
            // It is there: whoever stops the command now gets it, and the ledger says so.
            await AccountAsync(header, path, CancellationToken.None);
            return new BackupDone(header, totals, new FileInfo(path).Length);
        }
        finally
        {
            File.Delete(part);
            File.Delete(SnapshotFile);
        }
    }

    /// <summary>A folder that is not there is a medium that is not: it is not made in its place.</summary>
    public static void RequireFolder(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!; // A file has a folder.
        if (!Directory.Exists(folder))
        {
            throw new BackupRefused(new NoSuchFolder(folder));
        }
    }

    private string SnapshotFile => Path.Combine(ChainMemory.FolderOf(home), "snapshot.db");

    private async Task<Totals> WriteAsync(
        string path,
        BackupHeader header,
        Entente.Protocol.Jwk recovery,
        ChainMemory memory,
        Func<string, Advance> progress,
        CancellationToken cancellation
    )
    {
        PrivateFile.Write(path, []);
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
        var (line, segments) = Begin(header, recovery);
        using var _ = segments;
        await file.WriteAsync(line, cancellation);
        var archive = new ArchiveWriter(new SealedWriter(file, segments), memory);
        var files = new FileParts(home, master, archive, memory);
        await using (var source = await SourceAsync(progress("snapshot"), cancellation))
        {
            var facts = source.Facts;
            var manifest = new Manifest
            {
                Node = options.Node,
                Engine = header.Engine,
                At = header.At,
                Migrations = facts.Migrations,
                FirstYear = facts.FirstYear,
                LedgerSize = facts.Head.Size,
                LedgerRoot = facts.Head.Root.ToString(),
            };
            await archive.BeginAsync(manifest, cancellation);
            await files.WriteKeysAsync(cancellation);
            await source.WriteAsync(archive, progress("database"), cancellation);
        }

        await files.WriteAttachmentsAsync(progress("attachments"), cancellation);
        await archive.FinishAsync(cancellation);
        file.Flush(flushToDisk: true);
        return archive.Totals;
    }

    private static (byte[] Line, Segments Segments) Begin(BackupHeader header, Entente.Protocol.Jwk recovery)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var other = RecoveryKey.Import(recovery);
        using var otherPublic = other.PublicKey;
        var line = (header with { Epk = RecoveryKey.PublicPart(ephemeral.ExportParameters(false)) }).ToLine();
        var key = BackupHeader.ContentKey(ephemeral.DeriveRawSecretAgreement(otherPublic), line);
        return (line, new Segments(key, line));
    }

    private async Task<IDatabaseSource> SourceAsync(Advance progress, CancellationToken cancellation)
    {
        if (database.Engine == Engine.Postgres)
        {
            var source = await PostgresSource.OpenAsync(database, cancellation);
            progress.At(1, 1);
            return source;
        }

        await SqliteSnapshot.TakeAsync(home.DatabaseFile, SnapshotFile, progress.At, cancellation);
        return await SqliteSource.OpenAsync(SnapshotFile, cancellation);
    }

    private FileStream Lock()
    {
        var folder = ChainMemory.FolderOf(home);
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(
                Path.Combine(folder, "running"),
                FileMode.OpenOrCreate,
                FileAccess.Write,
                FileShare.None,
                1,
                FileOptions.DeleteOnClose
            );
        }
        catch (IOException)
        {
            throw new BackupRefused(new BackupIsRunning());
        }
    }

    /// <summary>Everything this node knows has left it, sealed: the ledger says when, and which file.</summary>
    private async Task AccountAsync(BackupHeader header, string path, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(path);
        var hash = Entente.Protocol.Hash.From(await SHA256.HashDataAsync(file, cancellation));
        var leaf = new LedgerEvent(
            Officer.NodeActor,
            LedgerAction.Administer,
            string.Create(CultureInfo.InvariantCulture, $"backup:{header.Id}"),
            "backup",
            hash.ToString()
        );
        await database.WriteAsync(t => ledger.AppendAsync(t, leaf, cancellation), cancellation);
    }
}

/// <param name="Size">Bytes of the file.</param>
internal sealed record BackupDone(BackupHeader Header, Totals Totals, long Size);
