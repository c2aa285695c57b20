using DocumentFormat.OpenXml.Packaging;
using Entente.Node.Commands;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Record;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Commands;

public sealed class BriefCommandTests
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_briefing_is_written_for_an_officer_who_shows_their_code()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        string code;
        await using (var services = store.Services())
        {
            code = await OpenAsync(store, services);
        }

        var file = Path.Combine(store.Home.Folder, "fiche.docx");
        string[] brief = ["ES", "--language", "ar", "--out", file, "--dir", store.Home.Folder, "--officer", "bureau"];

        (await RunAsync([.. brief, "--code", "000000"])).ShouldBe(ExitCode.NotAllHeld);
        File.Exists(file).ShouldBeFalse();
        (await RunAsync([.. brief, "--code", code])).ShouldBe(0);
        (OperatingSystem.IsWindows() ? OwnerOnly : File.GetUnixFileMode(file)).ShouldBe(OwnerOnly);
        using var document = WordprocessingDocument.Open(file, isEditable: false);
        document.MainDocumentPart!.Document!.Body!.InnerText.ShouldContain("إسبانيا"); // Made by the program.
    }

    [Fact]
    public async Task Nothing_on_record_and_an_unknown_meeting_are_said_by_the_exit()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        var at = TimeProvider.System.GetUtcNow();
        Func<int, string> code;
        await using (var services = store.Services())
        {
            var secret = await SecretAsync(store, services);
            code = step => Totp.Code(Base32.Decode(secret), Totp.Step(at) + step, 6);
        }

        var file = Path.Combine(store.Home.Folder, "fiche.docx");
        string[] brief = ["--out", file, "--dir", store.Home.Folder, "--officer", "bureau"];

        (await RunAsync(["FI", .. brief, "--code", code(0)])).ShouldBe(ExitCode.NotAllHeld);
        (await RunAsync(["FI", .. brief, "--meeting", "unknown", "--code", code(1)])).ShouldBe(ExitCode.NotAllHeld);
        File.Exists(file).ShouldBeFalse();
    }

    private static Task<int> RunAsync(string[] arguments) =>
        BriefCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: Cancellation);

    private static async Task<string> OpenAsync(TestStore store, IServiceProvider services)
    {
        var instrument = new InstrumentFacts
        {
            Type = "agreement",
            Status = "signed",
            Title = "Accord inventé",
            Date = "2019-02-03",
        };
        var entries = services.GetRequiredService<RecordEntries>();
        (await entries.AddInstrumentAsync("ES", instrument, "bureau", Cancellation)).Refusal.ShouldBeNull();
        var secret = await SecretAsync(store, services);
        return Totp.Code(Base32.Decode(secret), Totp.Step(TimeProvider.System.GetUtcNow()), 6);
    }

    private static async Task<string> SecretAsync(TestStore store, IServiceProvider services)
    {
        var desk = services.GetRequiredService<AccountDesk>();
        var account = new NewAccount
        {
            By = Officer.NodeActor,
            Login = "bureau",
            Name = "Bureau de la coopération",
            Unit = "cooperation",
            Roles = [Role.Desk],
            Clearance = 1,
            MustChangePassword = false,
            EnrolTotp = true,
        };
        var unit = new Unit
        {
            Slug = "cooperation",
            Names = new Dictionary<string, string> { ["fr"] = "Coopération" },
        };
        var opened = await store.Database.WriteAsync(
            async t =>
            {
                await services.GetRequiredService<UnitBook>().SaveAsync(t, unit, Officer.NodeActor, Cancellation);
                return await desk.CreateAsync(t, account, Cancellation);
            },
            Cancellation
        );
        return opened.TotpSecret!; // Enrolled.
    }
}
