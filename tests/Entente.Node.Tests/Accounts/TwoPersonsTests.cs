using Entente.Node.Features.Accounts;
using Entente.Node.Features.Accounts.Proposals;
using Entente.Node.Features.Approvals;
using Entente.Node.Storage;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

/// <summary>Nobody alone hands out power: what gives it is one security officer's proposal and another's word.</summary>
public sealed class TwoPersonsTests
{
    private static readonly (string What, Action<Account> Do)[] Gifts =
    [
        ("a role", account => account.Roles = [Role.Officer, Role.Supervisor]),
        ("a role for another", account => account.Roles = [Role.Auditor]),
        ("more clearance", account => account.Clearance = 3),
        ("another unit", account => account.Unit = "analyse"),
    ];

    private static readonly (string What, Action<Account> Do)[] Takings =
    [
        ("a name", account => account.Name = "Autre nom"),
        ("a role", account => account.Roles = [Role.Officer]),
        ("clearance", account => account.Clearance = 0),
        ("all", account => account.Active = false),
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_gives_power_waits_and_changes_nothing_meanwhile(string engine)
    {
        foreach (var (what, gift) in Gifts)
        {
            await using var desk = await OpenAsync(engine);
            (await desk.ChangeAsync("officier", gift)).Proposal.ShouldNotBeNull(what);

            var account = await desk.ReadAsync("officier");
            (account.Roles.Single(), account.Clearance, account.Unit).ShouldBe((Role.Officer, 2, "liaison"), what);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task What_takes_away_is_done_at_once(string engine)
    {
        await using var desk = await OpenAsync(engine);
        await desk.OpenAsync("chef", Role.Officer, Role.Supervisor);
        foreach (var (what, taking) in Takings)
        {
            (await desk.ChangeAsync("chef", taking, reason: null)).ShouldBe((null, null), what);
        }

        var account = await desk.ReadAsync("chef");
        (account.Roles.Single(), account.Clearance, account.Active).ShouldBe((Role.Officer, 0, false));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Second_officers_word_carries_it_out(string engine)
    {
        await using var desk = await OpenAsync(engine);
        var proposal = await desk.GiveAsync("officier", Role.Supervisor);

        (await desk.ConfirmAsync("securite.deux", proposal)).Error.ShouldBeNull();

        (await desk.ReadAsync("officier")).Roles.ShouldContain(Role.Supervisor);
        (await desk.LedgerAsync()).ShouldBe([
            ("securite.un", "account-change-proposed"),
            ("securite.un", "asked:account-change"),
            ("securite.deux", "granted:account-change"),
            ("securite.un", "account-changed"),
        ]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Neither_the_proposer_nor_the_person_concerned_nor_another_role_confirms(string engine)
    {
        await using var desk = await OpenAsync(engine);
        await desk.OpenAsync("chef", Role.Supervisor);
        var proposal = await desk.GiveAsync("securite.deux", Role.Supervisor);

        foreach (var login in (string[])["securite.un", "securite.deux", "chef"])
        {
            (await desk.ConfirmAsync(login, proposal)).Error.ShouldBeOfType<NotTheirsToDecide>(login);
        }

        (await desk.ReadAsync("securite.deux")).Roles.ShouldBe([Role.Security]);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Lent_power_confirms_nothing(string engine)
    {
        await using var desk = await OpenAsync(engine);
        await desk.OpenAsync("adjoint", Role.Officer);
        await desk.LendAsync("securite.deux", "adjoint");
        var proposal = await desk.GiveAsync("officier", Role.Supervisor);

        (await desk.ConfirmAsync("adjoint", proposal)).Error.ShouldBeOfType<NotTheirsToDecide>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Two_confirmations_at_once_carry_it_out_once(string engine)
    {
        await using var desk = await OpenAsync(engine);
        var (proposal, _) = await desk.ProposeOpeningAsync("nouveau");

        var outcomes = await Task.WhenAll(
            desk.ConfirmAsync("securite.deux", proposal!), // Proposed above.
            desk.ConfirmAsync("securite.trois", proposal!)
        );

        outcomes.Count(one => one is { Error: null, Told: not null }).ShouldBe(1);
        outcomes.Count(one => one.Error is ApprovalSettled).ShouldBe(1);
        (await desk.LedgerAsync()).Count(leaf => leaf.Why == "account-opened").ShouldBe(1);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Proposer_who_lost_the_role_gives_nothing_any_more(string engine)
    {
        await using var desk = await OpenAsync(engine);
        await desk.OpenAsync("securite.quatre", Role.Security, Role.Auditor);
        var proposal = await desk.GiveAsync("officier", Role.Supervisor, by: "securite.quatre");
        await desk.ChangeAsync("securite.quatre", account => account.Roles = [Role.Auditor]);

        var (error, _) = await desk.ConfirmAsync("securite.deux", proposal);

        error.ShouldBeOfType<NoLongerPossible>().Obstacle.ShouldBe("requester-gone");
        (await desk.ReadAsync("officier")).Roles.ShouldBe([Role.Officer]);
        (await desk.LedgerAsync()).ShouldNotContain(leaf => leaf.Why == "granted:account-change");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Who_lost_the_role_confirms_nothing_though_their_page_is_open(string engine)
    {
        await using var desk = await OpenAsync(engine);
        var proposal = await desk.GiveAsync("officier", Role.Supervisor);
        var second = await desk.OfficerAsync("securite.deux");
        await desk.ChangeAsync("securite.deux", account => account.Active = false);

        var (error, _) = await desk.ConfirmAsync(second, proposal);

        error.ShouldBeOfType<NoLongerPossible>().Obstacle.ShouldBe("decider-gone");
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Account_that_changed_meanwhile_stays_as_it_is(string engine)
    {
        foreach (var (what, taking) in Takings.Where(one => one.What is not "a role"))
        {
            await using var desk = await OpenAsync(engine);
            var proposal = await desk.GiveAsync("officier", Role.Supervisor);
            await desk.ChangeAsync("officier", taking, by: "securite.trois");

            var (error, _) = await desk.ConfirmAsync("securite.deux", proposal);

            error.ShouldBeOfType<NoLongerPossible>(what).Obstacle.ShouldBe("changed");
            (await desk.ReadAsync("officier")).Roles.ShouldBe([Role.Officer]);
        }
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Closing_and_confirming_at_once_never_leave_a_closed_account_with_more(string engine)
    {
        await using var desk = await OpenAsync(engine);
        var proposal = await desk.GiveAsync("officier", Role.Supervisor);

        await Task.WhenAll(
            desk.ChangeAsync("officier", account => account.Active = false, by: "securite.trois"),
            desk.ConfirmAsync("securite.deux", proposal)
        );

        var account = await desk.ReadAsync("officier");
        (account.Active && !account.Roles.Contains(Role.Supervisor)).ShouldBeFalse();
        (!account.Active && account.Roles.Contains(Role.Supervisor)).ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Closed_account_is_given_nothing_on_the_quiet(string engine)
    {
        await using var desk = await OpenAsync(engine);
        await desk.ChangeAsync("officier", account => account.Active = false);

        (await desk.ChangeAsync("officier", account => account.Roles = [Role.Security])).Proposal.ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Reset_keeps_the_old_password_until_it_is_confirmed(string engine)
    {
        await using var desk = await OpenAsync(engine);
        var before = (await desk.ReadAsync("officier")).PasswordHash;
        var proposal = await desk.ProposeResetAsync("officier");
        (await desk.ReadAsync("officier")).PasswordHash.ShouldBe(before);

        var (error, password) = await desk.ConfirmAsync("securite.deux", proposal);

        (error, password is null).ShouldBe((null, false));
        var account = await desk.ReadAsync("officier");
        (account.PasswordHash == before, account.TotpEnrolled).ShouldBe((false, false));
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task One_proposal_waits_for_an_account_at_a_time(string engine)
    {
        await using var desk = await OpenAsync(engine);
        await desk.GiveAsync("officier", Role.Supervisor);

        var both = await Task.WhenAll(desk.ProposeOpeningAsync("nouveau"), desk.ProposeOpeningAsync("nouveau"));
        var third = await desk.ChangeAsync("officier", account => account.Clearance = 4);

        both.Count(one => one.Proposal is not null).ShouldBe(1);
        third.Error.ShouldBeOfType<AccountError.ProposalWaits>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Proposal_lapses_after_seven_days(string engine)
    {
        await using var desk = await OpenAsync(engine);
        var proposal = await desk.GiveAsync("officier", Role.Supervisor);
        desk.Clock.Advance(TimeSpan.FromDays(7));

        (await desk.ConfirmAsync("securite.deux", proposal)).Error.ShouldBeOfType<ApprovalSettled>();
        (await desk.GiveAsync("officier", Role.Supervisor)).ShouldNotBe(proposal);
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Office_of_one_person_refuses_what_takes_two(string engine)
    {
        await using var desk = await OpenAsync(engine);
        var account = await desk.ReadAsync("officier");
        account.Clearance = 4;

        (
            await desk.Office.ChangeAsync(account, "securite.un", "account-changed", Cancellation)
        ).ShouldBeOfType<AccountError.TakesTwo>();
        (
            await desk.Office.OpenAsync(OpenDesk.Wanted("nouveau", "securite.un"), Cancellation)
        ).Error.ShouldBeOfType<AccountError.TakesTwo>();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Nobody_is_called_as_the_node(string engine)
    {
        await using var desk = await OpenAsync(engine);

        (await desk.ProposeOpeningAsync(Officer.NodeActor)).Error.ShouldBeOfType<AccountError.LoginMalformed>();
    }

    private static async Task<OpenDesk> OpenAsync(string engine)
    {
        var desk = await OpenDesk.CreateAsync(engine);
        foreach (var login in (string[])["securite.un", "securite.deux", "securite.trois"])
        {
            await desk.OpenAsync(login, Role.Security);
        }

        await desk.OpenAsync("officier", Role.Officer);
        return desk;
    }
}
