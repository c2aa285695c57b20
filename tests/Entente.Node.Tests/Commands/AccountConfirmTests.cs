using Entente.Node.Commands;
using Entente.Node.Features.Accounts;
using Entente.Node.Features.Accounts.Proposals;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Commands;

/// <summary>A node with one security officer: the second person is whoever runs the machine.</summary>
public sealed class AccountConfirmTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Console_confirms_what_the_only_security_officer_proposed_and_the_ledger_says_so()
    {
        await using var store = await TestStore.CreateAsync("Sqlite");
        string[] dir = ["--dir", store.Home.Folder];
        string[] who = ["--login", "securite", "--name", "Sécurité", "--unit", "securite", "--role", "security"];
        (await RunAsync(["add", .. dir, .. who])).ShouldBe(0);
        var proposal = await ProposeAsync(store);

        (await RunAsync(["proposals", .. dir])).ShouldBe(0);
        (await RunAsync(["confirm", .. dir, "--proposal", "0192"])).ShouldBe(ExitCode.NotAllHeld);
        (await RunAsync(["confirm", .. dir, "--proposal", proposal])).ShouldBe(0);
        (await RunAsync(["confirm", .. dir, "--proposal", proposal])).ShouldBe(ExitCode.NotAllHeld);

        await using var services = store.Services();
        var account = await services.GetRequiredService<AccountStore>().FindByNameAsync("nouveau", Cancellation);
        account.ShouldNotBeNull().Roles.ShouldBe([Role.Officer]);
        const string leaves = "SELECT actor FROM ledger_leaf WHERE why = 'granted:account-open'";
        var said = await store.Database.ReadAsync(c => c.ListAsync<string>(leaves, null, Cancellation), Cancellation);
        said.ShouldBe([Officer.NodeActor]);
    }

    private static async Task<string> ProposeAsync(TestStore store)
    {
        await using var services = store.Services();
        var officer = await services.GetRequiredService<ActiveOfficers>().FindAsync("securite", Cancellation);
        var wanted = new NewAccount
        {
            By = "securite",
            Login = "nouveau",
            Name = "Agente de liaison",
            Unit = "securite",
            Roles = [Role.Officer],
            Clearance = 1,
        };
        var proposals = services.GetRequiredService<AccountProposals>();
        var (proposal, _) = await proposals.OpenAsync(officer!, wanted, "Prise de poste", Cancellation); // Opened above.
        return proposal.ShouldNotBeNull();
    }

    private static Task<int> RunAsync(string[] arguments) =>
        AccountCommand.Create().Parse(arguments).InvokeAsync(cancellationToken: Cancellation);
}
