using System.Text;
using Entente.Node.Hosting;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Microsoft.AspNetCore.DataProtection;

namespace Entente.Node.Tests.Accounts;

public sealed class CookieKeysTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Cookie_of_one_instance_is_read_by_another_that_has_only_the_database_in_common(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var one = store.Services();
        using var elsewhere = new OtherFolder(store);
        await using var other = NodeServices.Build(elsewhere.Home, elsewhere.Options);

        var cookie = Protector(one).Protect("jeton");

        Protector(other).Unprotect(cookie).ShouldBe("jeton");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Key_lies_sealed_in_the_database_and_in_no_file(string engine)
    {
        await using var store = await TestStore.CreateAsync(engine);
        await using var services = store.Services();

        Protector(services).Protect("jeton");

        const string sql = "SELECT sealed FROM cookie_key";
        var rows = await store.Database.ReadAsync(c => c.ListAsync<byte[]>(sql, null, Cancellation), Cancellation);
        Encoding.UTF8.GetString(rows.ShouldHaveSingleItem()).ShouldNotContain("masterKey");
        Directory.EnumerateFiles(store.Home.Folder, "*.xml", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    private static IDataProtector Protector(ServiceProvider services) =>
        services.GetRequiredService<IDataProtectionProvider>().CreateProtector("essai");

    /// <summary>Another machine's folder: the same master key and database, nothing else.</summary>
    private sealed class OtherFolder : IDisposable
    {
        public OtherFolder(TestStore store)
        {
            Home = new NodeHome(Directory.CreateTempSubdirectory("entente-test-").FullName);
            Options = store.Options with { Database = store.Home.ConnectionString(store.Options) };
            Directory.CreateDirectory(Path.GetDirectoryName(Home.MasterKeyFile)!); // The file has a folder by construction.
            File.Copy(store.Home.MasterKeyFile, Home.MasterKeyFile);
        }

        public NodeHome Home { get; }

        public NodeOptions Options { get; }

        public void Dispose() => Directory.Delete(Home.Folder, recursive: true);
    }
}
