using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

/// <summary>What an account opens is another person's to say.</summary>
public sealed class OwnRolesTests
{
    private static readonly (string What, Action<Account> Do)[] Changes =
    [
        ("a role given", account => account.Roles = [Role.Security, Role.Supervisor]),
        ("a role taken", account => account.Roles = [Role.Auditor]),
        ("more clearance", account => account.Clearance = 3),
        ("another unit", account => account.Unit = "analyse"),
        ("closed", account => account.Active = false),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nobody_changes_what_their_own_account_opens(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        await desk.OpenAsync("securite.un", Role.Security);
        foreach (var (what, change) in Changes)
        {
            (await ChangeAsync(desk, change, by: "securite.un")).ShouldBeOfType<AccountError.OwnAccount>(what);
        }

        var account = await desk.ReadAsync("securite.un");
        account.Roles.ShouldBe([Role.Security]);
        (account.Clearance, account.Active).ShouldBe((2, true));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Own_name_may_be_corrected(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        await desk.OpenAsync("securite.un", Role.Security);

        (await ChangeAsync(desk, account => account.Name = "Autre nom", by: "securite.un")).ShouldBeNull();
    }

    private static async Task<AccountError?> ChangeAsync(OpenDesk desk, Action<Account> change, string by)
    {
        var account = await desk.ReadAsync("securite.un");
        change(account);
        return await desk.Office.ChangeAsync(account, by, "account-changed", Cancellation);
    }
}
