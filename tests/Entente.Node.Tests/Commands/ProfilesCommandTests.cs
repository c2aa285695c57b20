using Entente.Node.Commands;
using Entente.Node.Features.Accounts;
using Entente.Node.Hosting;
using Entente.Node.Profiles;
using Entente.Node.Storage;
using Entente.Node.Tests.Profiles;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Commands;

public sealed class ProfilesCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Profile_is_checked_signed_and_added_by_a_security_officer()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        var code = await CodesAsync(store);
        var (file, signature) = (
            Path.Combine(store.Home.Folder, "pair.json"),
            Path.Combine(store.Home.Folder, "pair.sig")
        );
        await File.WriteAllBytesAsync(file, OwnProfileFile.Bytes(), Cancellation);
        string[] who = ["--dir", store.Home.Folder, "--officer", "securite"];

        (await RunAsync(["check", file])).ShouldBe(0);
        (await RunAsync(["sign", file, "--out", signature, .. who, "--code", "000000"])).ShouldBe(ExitCode.NotAllHeld);
        (await RunAsync(["sign", file, "--out", signature, .. who, "--code", code(0)])).ShouldBe(0);
        (await RunAsync(["add", file, "--signature", signature, .. who, "--code", code(1)])).ShouldBe(0);
        (await RunAsync(["list", "--dir", store.Home.Folder])).ShouldBe(0);

        await using var services = store.Services();
        services.GetRequiredService<LegalProfiles>().Find(OwnProfileFile.Id, OwnProfileFile.Version).ShouldNotBeNull();
        services.GetRequiredService<OwnProfiles>().Files.Single().Signature!.By.ShouldBe("securite");
        const string leaves = "SELECT why FROM ledger_leaf WHERE object LIKE 'profile:%' ORDER BY idx";
        var said = await store.Database.ReadAsync(c => c.ListAsync<string>(leaves, null, Cancellation), Cancellation);
        said.ShouldBe(["profile-signed", "profile-added"]);
    }

    [Fact]
    public async Task File_changed_after_signing_is_not_added_and_an_unsound_one_is_not_signed()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        var code = await CodesAsync(store);
        var (file, signature) = (
            Path.Combine(store.Home.Folder, "pair.json"),
            Path.Combine(store.Home.Folder, "pair.sig")
        );
        await File.WriteAllBytesAsync(file, OwnProfileFile.Bytes(), Cancellation);
        string[] who = ["--dir", store.Home.Folder, "--officer", "securite"];
        (await RunAsync(["sign", file, "--out", signature, .. who, "--code", code(0)])).ShouldBe(0);

        await File.WriteAllBytesAsync(file, OwnProfileFile.Bytes(json => json["version"] = "2026-03-02"), Cancellation);
        (await RunAsync(["add", file, "--signature", signature, .. who, "--code", code(1)])).ShouldBe(
            ExitCode.NotAllHeld
        );
        await File.WriteAllBytesAsync(file, OwnProfileFile.Bytes(json => json.Remove("tlp")), Cancellation);
        (await RunAsync(["check", file])).ShouldBe(ExitCode.NotAllHeld);
        Directory.Exists(OwnProfiles.FolderOf(store.Home)).ShouldBeFalse();
    }

    private static Task<int> RunAsync(string[] arguments) =>
        ProfilesCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: Cancellation);

    private static async Task<Func<int, string>> CodesAsync(TestStore store)
    {
        await using var services = store.Services();
        var account = new NewAccount
        {
            By = Officer.NodeActor,
            Login = "securite",
            Name = "Sécurité",
            Unit = "securite",
            Roles = [Role.Security],
            Clearance = 1,
            MustChangePassword = false,
            EnrolTotp = true,
        };
        var unit = new Unit
        {
            Slug = "securite",
            Names = new Dictionary<string, string> { ["fr"] = "Sécurité" },
        };
        var desk = services.GetRequiredService<AccountDesk>();
        var units = services.GetRequiredService<UnitBook>();
        var opened = await store.Database.WriteAsync(
            async t =>
            {
                await units.SaveAsync(t, unit, Officer.NodeActor, Cancellation);
                return await desk.CreateAsync(t, account, Cancellation);
            },
            Cancellation
        );
        var at = TimeProvider.System.GetUtcNow();
        return step => Totp.Code(Base32.Decode(opened.TotpSecret!), Totp.Step(at) + step, 6); // Enrolled.
    }
}
