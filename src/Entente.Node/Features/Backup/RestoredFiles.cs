using Entente.Node.Hosting;
using Entente.Node.Storage;

namespace Entente.Node.Features.Backup;

/// <summary>Files as they come out of a backup, readable by their owner only.</summary>
internal sealed class RestoredFiles(NodeHome building) : IDisposable
{
    private FileStream? _file;

    public Stream Current => _file!; // Between begin and end.

    public void Begin(Part part)
    {
        var path = part.Name == Part.Sqlite ? building.DatabaseFile : PathOf(part.Name[Part.FilePrefix.Length..]);
        PrivateFile.CreateFolder(Path.GetDirectoryName(path)!); // A file has a folder.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        _file = new FileStream(path, options);
    }

    public void End()
    {
        _file?.Flush(flushToDisk: true);
        _file?.Dispose();
        _file = null;
    }

    public void Dispose() => _file?.Dispose();

    private string PathOf(string name)
    {
        var path = Path.GetFullPath(Path.Combine(building.Folder, name));
        return path.StartsWith(building.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new InvalidDataException($"A backup names a file outside the node's folder: {name}");
    }
}
