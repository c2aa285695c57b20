using System.Runtime.Versioning;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Storage;

[UnsupportedOSPlatform("windows")] // File modes are.
public sealed class MasterKeyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("entente-key-").FullName;

    private string KeyFile => Path.Combine(_folder, "keys", "master.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Created_key_is_read_back_from_a_file_only_its_owner_may_read()
    {
        using var created = MasterKey.Create(KeyFile);
        using var loaded = MasterKey.Load(KeyFile);

        loaded.Bytes.ToArray().ShouldBe(created.Bytes.ToArray());
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Embedded_database_lies_in_a_folder_only_its_owner_may_enter()
    {
        await using var store = await TestStore.CreateAsync(nameof(Engine.Sqlite));

        var data = Path.GetDirectoryName(store.Home.DatabaseFile)!;
        File.GetUnixFileMode(data).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void File_that_others_may_read_is_refused_with_the_remedy()
    {
        MasterKey.Create(KeyFile).Dispose();
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Should.Throw<InvalidOperationException>(() => MasterKey.Load(KeyFile)).Message.ShouldContain("chmod 600");
    }

    [Fact]
    public void File_cut_short_is_refused_with_its_length()
    {
        PrivateFile.Write(KeyFile, new byte[31]);

        Should.Throw<InvalidOperationException>(() => MasterKey.Load(KeyFile)).Message.ShouldContain("31");
    }

    [Fact]
    public void Key_of_the_environment_goes_before_the_file()
    {
        MasterKey.Create(KeyFile).Dispose();
        var given = Enumerable.Range(0, 32).Select(i => (byte)i).ToArray();

        using var key = MasterKey.Load(KeyFile, Convert.ToBase64String(given));

        key.Bytes.ToArray().ShouldBe(given);
    }

    [Theory]
    [InlineData("s3cret, mistyped")]
    [InlineData("AAAA")]
    [InlineData("")]
    public void Bad_key_in_the_environment_is_refused_and_not_repeated(string value)
    {
        var refusal = Should.Throw<InvalidOperationException>(() => MasterKey.Load(KeyFile, value));

        refusal.Message.ShouldContain("ENTENTE_MASTER_KEY");
        refusal.ToString().ShouldNotContain("s3cret");
    }
}
