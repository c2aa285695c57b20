using Dapper;
using Entente.Node.Features.Accounts;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;
using Microsoft.AspNetCore.Identity;

namespace Entente.Node.Tests.Accounts;

public sealed class AccountStoreTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Account_comes_back_as_it_was_opened(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        var opened = await desk.OpenAsync("agent.un", Role.Officer, Role.Supervisor);

        var account = await desk.ReadAsync("agent.un");

        account.Id.ShouldBe(opened.Id);
        account.Roles.ShouldBe([Role.Officer, Role.Supervisor], ignoreOrder: true);
        account.Clearance.ShouldBe(2);
        account.Active.ShouldBeTrue();
        account.LockedUntil.ShouldBeNull();
        (await desk.Store.GetAuthenticatorKeyAsync(account, Cancellation)).ShouldBe(opened.TotpSecret);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task One_time_code_secret_is_not_in_the_database_in_clear(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        var opened = await desk.OpenAsync("agent.un", Role.Officer);
        const string sql = "SELECT totp_sealed FROM account WHERE login = 'agent.un'";

        var bytes = await desk.Node.Database.ReadAsync(c => c.QuerySingleAsync<byte[]>(sql), Cancellation);

        System.Text.Encoding.Latin1.GetString(bytes).ShouldNotContain(opened.TotpSecret!); // Enrolled when opened.
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Second_of_two_savers_is_refused(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        await desk.OpenAsync("agent.un", Role.Officer);
        var (first, second) = (await desk.ReadAsync("agent.un"), await desk.ReadAsync("agent.un"));
        first.Name = "Agent renommé";

        (await desk.Store.UpdateAsync(first, Cancellation)).Succeeded.ShouldBeTrue();
        var refused = await desk.Store.UpdateAsync(second, Cancellation);

        refused.Errors.ShouldHaveSingleItem().Code.ShouldBe(nameof(IdentityErrorDescriber.ConcurrencyFailure));
        (await desk.ReadAsync("agent.un")).Name.ShouldBe("Agent renommé");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Guesses_made_at_the_same_moment_are_all_counted(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        await desk.OpenAsync("agent.un", Role.Officer);
        var account = await desk.ReadAsync("agent.un");

        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => desk.Store.IncrementAccessFailedCountAsync(account, Cancellation))
        );

        (await desk.ReadAsync("agent.un")).Failures.ShouldBe(8);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Recovery_code_is_good_once(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        await desk.OpenAsync("agent.un", Role.Officer);
        var account = await desk.ReadAsync("agent.un");
        var codes = await desk.Own.MakeRecoveryCodesAsync(account, Cancellation);

        (await desk.Store.RedeemCodeAsync(account, codes[3].ToUpperInvariant(), Cancellation)).ShouldBeTrue();
        (await desk.Store.RedeemCodeAsync(account, codes[3], Cancellation)).ShouldBeFalse();

        (await desk.Store.CountCodesAsync(account, Cancellation)).ShouldBe(OwnAccount.RecoveryCodes - 1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Passkey_comes_back_as_it_was_added(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        await desk.OpenAsync("agent.un", Role.Officer);
        var account = await desk.ReadAsync("agent.un");
        var passkey = new UserPasskeyInfo(
            [1, 2, 3],
            [4, 5],
            desk.Node.Clock.GetUtcNow(),
            uint.MaxValue,
            ["internal", "hybrid"],
            true,
            false,
            true,
            [6],
            [7]
        )
        {
            Name = "Clé",
        };

        await desk.Store.AddOrUpdatePasskeyAsync(account, passkey, Cancellation);

        (await desk.Store.FindByPasskeyIdAsync([1, 2, 3], Cancellation))?.Id.ShouldBe(account.Id);
        var back = (await desk.Store.GetPasskeysAsync(account, Cancellation)).ShouldHaveSingleItem();
        back.SignCount.ShouldBe(uint.MaxValue);
        back.Transports.ShouldBe(["internal", "hybrid"]);
        (back.Name, back.IsBackedUp, back.IsBackupEligible).ShouldBe(("Clé", true, false));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task List_is_searched_without_accents_and_paged_by_login(string engine)
    {
        await using var desk = await OpenDesk.CreateAsync(engine);
        await desk.OpenAsync("b.deux", Role.Officer);
        await desk.OpenAsync("a.un", Role.Officer, Role.Desk);
        await desk.OpenAsync("c_trois", Role.Security);
        var list = new AccountList(desk.Node.Database);

        var all = await list.FindAsync("", "", 2, Cancellation);
        var next = await list.FindAsync("", all[^1].Login, 2, Cancellation);
        var found = await list.FindAsync("PREPOSE A.UN", "", 2, Cancellation);
        var literal = await list.FindAsync("_", "", 5, Cancellation);

        all.Select(a => a.Login).ShouldBe(["a.un", "b.deux"]);
        next.Select(a => a.Login).ShouldBe(["c_trois"]);
        found.ShouldHaveSingleItem().Roles.ShouldBe([Role.Officer, Role.Desk]);
        literal.ShouldHaveSingleItem().Login.ShouldBe("c_trois");
    }
}
