using Entente.Node.Features.Accounts;
using Entente.Node.Features.Accounts.Proposals;
using Entente.Node.Features.Approvals;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

/// <summary>The accounts of a node without its doors, on the engine asked for, with one unit.</summary>
internal sealed class OpenDesk : IAsyncDisposable
{
    private readonly TestStore _store;
    private readonly ServiceProvider _services;

    private OpenDesk(TestStore store, TestClock clock) => (_store, _services, Clock) = (store, store.Services(), clock);

    public TestClock Clock { get; }

    public TestStore Node => _store;

    public AccountStore Store => _services.GetRequiredService<AccountStore>();

    public AccountOffice Office => _services.GetRequiredService<AccountOffice>();

    public OwnAccount Own => _services.GetRequiredService<OwnAccount>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<OpenDesk> CreateAsync(string engine)
    {
        var clock = new TestClock();
        var desk = new OpenDesk(await TestStore.CreateAsync(engine, clock), clock);
        foreach (var slug in (string[])["liaison", "analyse"])
        {
            var unit = new Unit
            {
                Slug = slug,
                Names = new Dictionary<string, string> { ["fr"] = slug },
            };
            await desk.Office.SaveUnitAsync(unit, Officer.NodeActor, Cancellation);
        }

        return desk;
    }

    public async Task<OpenedAccount> OpenAsync(string login, params Role[] roles)
    {
        var wanted = Wanted(login, Officer.NodeActor) with { Roles = roles };
        var (opened, error) = await _services.GetRequiredService<AccountOffice>().OpenAsync(wanted, Cancellation);
        error.ShouldBeNull();
        return opened!; // No error: it is there.
    }

    public static NewAccount Wanted(string login, string by) =>
        new()
        {
            By = by,
            Login = login,
            Name = $"Préposé {login}",
            Unit = "liaison",
            Roles = [Role.Officer],
            Clearance = 2,
            EnrolTotp = true,
        };

    /// <summary>Proposes more for an account and returns the proposal's number.</summary>
    public async Task<string> GiveAsync(string login, Role role, string by = "securite.un")
    {
        var (proposal, error) = await ChangeAsync(login, account => account.Roles = [.. account.Roles, role], by: by);
        error.ShouldBeNull();
        return proposal.ShouldNotBeNull();
    }

    public async Task<(string? Proposal, AccountError? Error)> ChangeAsync(
        string login,
        Action<Account> change,
        string? reason = "Mutation",
        string by = "securite.un"
    )
    {
        var account = await ReadAsync(login);
        change(account);
        return await Proposals.ChangeAsync(await OfficerAsync(by), account, "account-changed", reason, Cancellation);
    }

    public async Task<(string? Proposal, AccountError? Error)> ProposeOpeningAsync(string login) =>
        await Proposals.OpenAsync(
            await OfficerAsync("securite.un"),
            Wanted(login, "securite.un"),
            "Prise de poste",
            Cancellation
        );

    public async Task<string> ProposeResetAsync(string login)
    {
        var by = await OfficerAsync("securite.un");
        var (proposal, error) = await Proposals.ResetAsync(by, await ReadAsync(login), "Téléphone perdu", Cancellation);
        error.ShouldBeNull();
        return proposal.ShouldNotBeNull();
    }

    public async Task<(ApprovalError? Error, string? Told)> ConfirmAsync(string login, string proposal) =>
        await ConfirmAsync(await OfficerAsync(login), proposal);

    public Task<(ApprovalError? Error, string? Told)> ConfirmAsync(Officer officer, string proposal) =>
        _services
            .GetRequiredService<ApprovalDesk>()
            .HearAsync(officer, proposal, grant: true, "Vérifié auprès du service", Cancellation);

    public async Task<Officer> OfficerAsync(string login) =>
        (await _services.GetRequiredService<ActiveOfficers>().FindAsync(login, Cancellation)).ShouldNotBeNull();

    public async Task LendAsync(string from, string to) =>
        (
            await _services
                .GetRequiredService<DelegationDesk>()
                .LendAsync(
                    await OfficerAsync(from),
                    to,
                    Role.Security,
                    asSubstitute: false,
                    Clock.GetUtcNow() + TimeSpan.FromDays(10),
                    Cancellation
                )
        ).ShouldBeNull();

    /// <summary>Who did what since the accounts of the test were opened.</summary>
    public async Task<IReadOnlyList<(string Actor, string Why)>> LedgerAsync()
    {
        const string sql = """
            SELECT actor AS Actor, why AS Why FROM ledger_leaf
            WHERE action IN ('administer', 'decide') AND actor <> 'node' ORDER BY idx
            """;
        var rows = await _services
            .GetRequiredService<Database>()
            .ReadAsync(c => c.ListAsync<Leaf>(sql, null, Cancellation), Cancellation);
        return [.. rows.Select(row => (row.Actor, row.Why))];
    }

    private AccountProposals Proposals => _services.GetRequiredService<AccountProposals>();

    private sealed record Leaf
    {
        public required string Actor { get; init; }
        public required string Why { get; init; }
    }

    public async Task<Account> ReadAsync(string login) =>
        (await Store.FindByNameAsync(login, Cancellation)).ShouldNotBeNull();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _store.DisposeAsync();
    }
}
