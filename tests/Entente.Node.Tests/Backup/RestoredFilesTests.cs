using Entente.Node.Features.Backup;
using Entente.Node.Hosting;

namespace Entente.Node.Tests.Backup;

public sealed class RestoredFilesTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("restored");

    [Fact]
    public void Folders_that_a_restore_makes_are_the_node_s_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var files = new RestoredFiles(new NodeHome(Path.Combine(_folder.FullName, "node")));

        files.Begin(new Part("file:data/attachments/out/x"));
        files.End();

        foreach (var folder in (string[])["node", "node/data", "node/data/attachments/out"])
        {
            File.GetUnixFileMode(Path.Combine(_folder.FullName, folder)).ShouldBe(OwnerOnly, folder);
        }
    }

    [Theory]
    [InlineData("file:../x")]
    [InlineData("file:/etc/x")]
    [InlineData("file:data/../../node-too/x")]
    public void File_outside_the_node_s_folder_is_not_written(string name)
    {
        using var files = new RestoredFiles(new NodeHome(Path.Combine(_folder.FullName, "node")));

        Should.Throw<InvalidDataException>(() => files.Begin(new Part(name)));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
