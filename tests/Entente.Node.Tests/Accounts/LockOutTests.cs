using Dapper;
using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

public sealed class LockOutTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4, null)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(9, 16)]
    [InlineData(500, 60)]
    public void Lock_grows_with_each_failure_to_an_hour(int failures, int? minutes) =>
        LockOut.After(failures)?.TotalMinutes.ShouldBe(minutes!.Value);

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_until_the_time_is_over()
    {
        var clock = new TestClock();
        await using var node = await RunningNode.StartAsync(clock);
        var account = await node.OpenAccountAsync("officier", Role.Officer);
        using var visitor = node.Visitor();
        for (var i = 0; i < LockOut.Free; i++)
        {
            await TryAsync(visitor, "officier", "faux mot de passe");
        }

        var locked = await TryAsync(visitor, "officier", account.Password);
        clock.Advance(TimeSpan.FromSeconds(61));
        var over = await TryAsync(visitor, "officier", account.Password);

        locked.Url.AbsolutePath.ShouldBe("/sign-in");
        over.Url.AbsolutePath.ShouldBe("/sign-in/code");
    }

    [Fact]
    public async Task Wrong_codes_lock_too_though_the_password_was_right()
    {
        var clock = new TestClock();
        await using var node = await RunningNode.StartAsync(clock);
        var account = await node.OpenAccountAsync("officier", Role.Officer);
        using var visitor = node.Visitor();
        var page = await TryAsync(visitor, "officier", account.Password);
        for (var i = 0; i < LockOut.Free; i++)
        {
            page = await visitor.SubmitAsync(page, "code", [new("Code", "000000")], Cancellation);
        }

        var right = Totp.Code(account.TotpSecret!, clock.GetUtcNow()); // Enrolled when opened.
        page = await visitor.SubmitAsync(page, "code", [new("Code", right)], Cancellation);

        page.Url.AbsolutePath.ShouldBe("/sign-in/code");
    }

    [Fact]
    public async Task Unknown_wrong_and_locked_are_told_the_same()
    {
        await using var node = await RunningNode.StartAsync();
        await node.OpenAccountAsync("officier", Role.Officer);
        using var visitor = node.Visitor();

        var unknown = await TryAsync(visitor, "personne", "faux mot de passe");
        var wrong = await TryAsync(visitor, "officier", "faux mot de passe");

        Alert(unknown).ShouldNotBeEmpty();
        Alert(wrong).ShouldBe(Alert(unknown));
    }

    [Fact]
    public async Task Failures_and_locks_are_in_the_ledger_and_what_was_typed_is_not()
    {
        await using var node = await RunningNode.StartAsync();
        await node.OpenAccountAsync("officier", Role.Officer);
        using var visitor = node.Visitor();
        await TryAsync(visitor, "mot-de-passe-dans-la-mauvaise-case", "x");
        for (var i = 0; i < LockOut.Free; i++)
        {
            await TryAsync(visitor, "officier", "faux mot de passe");
        }

        const string sql = "SELECT actor || ' ' || why FROM ledger_leaf WHERE action = 'sign-in' ORDER BY idx";
        var leaves = (await node.Database.ReadAsync(c => c.QueryAsync<string>(sql), Cancellation)).ToList();

        leaves[0].ShouldBe("unknown refused:unknown");
        leaves[1].ShouldBe("officier refused:password");
        leaves[^1].ShouldBe("officier refused:password:locked");
    }

    private static async Task<BrowserlessPage> TryAsync(BrowserlessClient visitor, string login, string password) =>
        await visitor.SubmitAsync(
            await visitor.GetAsync("/sign-in", Cancellation),
            "sign-in",
            [new("Login", login), new("Password", password)],
            Cancellation
        );

    private static string Alert(BrowserlessPage page) =>
        page.Document.QuerySelector("[role=alert]")?.TextContent.Trim() ?? "";
}
