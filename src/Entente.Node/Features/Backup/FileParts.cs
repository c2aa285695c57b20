using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Node.Verification;

namespace Entente.Node.Features.Backup;

/// <summary>The files of a node beside its database.</summary>
internal sealed class FileParts(NodeHome home, MasterKey master, ArchiveWriter archive, ChainMemory memory)
{
    /// <summary>Settings, keys and the node's own profiles. The master key may have come from the environment: it is in the backup all the same.</summary>
    public async Task WriteKeysAsync(CancellationToken cancellation)
    {
        await WriteAsync(home.MasterKeyFile, master.Bytes.ToArray(), cancellation);
        var profiles = OwnProfiles.FolderOf(home);
        string[] files =
        [
            home.SettingsFile,
            .. Directory.EnumerateFiles(Path.GetDirectoryName(home.MasterKeyFile)!),
            .. Directory.Exists(profiles) ? Directory.EnumerateFiles(profiles) : [],
        ];
        foreach (var path in files.Where(p => p != home.MasterKeyFile && !p.EndsWith(".new", StringComparison.Ordinal)))
        {
            await WriteAsync(path, await File.ReadAllBytesAsync(path, cancellation), cancellation);
        }
    }

    /// <summary>Chunks never change once they are written: those of the last backup are not read again.</summary>
    public async Task WriteAttachmentsAsync(Advance progress, CancellationToken cancellation)
    {
        var folder = new DirectoryInfo(home.AttachmentsFolder);
        var all = folder.Exists ? folder.EnumerateFiles("*", SearchOption.AllDirectories) : [];
        var done = 0L;
        foreach (var file in all.Where(f => f.Extension != ".new"))
        {
            await WriteAttachmentAsync(file, cancellation);
            progress.At(++done, done + 1);
        }

        progress.At(1, 1);
    }

    private async Task WriteAttachmentAsync(FileInfo file, CancellationToken cancellation)
    {
        var name = NameOf(file.FullName);
        if (memory.FindFile(name, file.Length) is { } known)
        {
            await archive.BeginPartAsync(new Part(Part.FilePrefix + name), cancellation);
            await archive.KnownAsync(known, file.Length, cancellation);
            await archive.EndPartAsync(cancellation);
            memory.RememberFile(name, file.Length, known);
            return;
        }

        try
        {
            var content = await File.ReadAllBytesAsync(file.FullName, cancellation);
            var piece = await WriteAsync(file.FullName, content, cancellation);
            memory.RememberFile(name, content.Length, piece);
        }
        catch (FileNotFoundException)
        {
            // Erased a moment ago: what is erased is not backed up.
        }
    }

    private async Task<Entente.Protocol.Hash> WriteAsync(string path, byte[] content, CancellationToken cancellation)
    {
        await archive.BeginPartAsync(new Part(Part.FilePrefix + NameOf(path)), cancellation);
        var piece = await archive.PieceAsync(content, cancellation);
        await archive.EndPartAsync(cancellation);
        return piece;
    }

    private string NameOf(string path) => Path.GetRelativePath(home.Folder, path).Replace('\\', '/');
}
