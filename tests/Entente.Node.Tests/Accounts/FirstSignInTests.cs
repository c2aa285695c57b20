using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

public sealed class FirstSignInTests
{
    private const string Chosen = "cheval tambour lune 42";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task New_account_enrols_an_authenticator_and_chooses_a_password_before_it_gets_in()
    {
        var clock = new TestClock();
        await using var node = await RunningNode.StartAsync(clock);
        var opened = await node.OpenAccountAsync(New("nouveau", enrolled: false));
        using var visitor = node.Visitor();

        var enrol = await PasswordAsync(visitor, "nouveau", opened.Password);
        var key = enrol.Document.QuerySelector("bdi.code")!.TextContent.Replace(" ", "", StringComparison.Ordinal); // Shown beside the picture.
        var choose = await visitor.SubmitAsync(
            enrol,
            "enrol",
            [new("Code", Totp.Code(key, clock.GetUtcNow()))],
            Cancellation
        );
        var done = await visitor.SubmitAsync(choose, "choose", Twice(Chosen), Cancellation);

        enrol.Url.AbsolutePath.ShouldBe("/sign-in/enrol");
        choose.Url.AbsolutePath.ShouldBe("/sign-in/password");
        done.Url.AbsolutePath.ShouldNotStartWith("/sign-in");
        await GetsInWithAsync(node, clock, Chosen, key);
    }

    [Theory]
    [InlineData("court", "court")]
    [InlineData("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa")]
    [InlineData("le mot nouveau 12", "le mot nouveau 12")]
    [InlineData("cheval tambour lune 42", "cheval tambour lune 43")]
    public async Task Weak_or_mistyped_password_is_refused(string wanted, string again)
    {
        await using var node = await RunningNode.StartAsync();
        var opened = await node.OpenAccountAsync(New("nouveau", enrolled: true));
        using var visitor = node.Visitor();
        var choose = await visitor.SignInAsync("nouveau", opened.Password, opened.TotpSecret!, Cancellation);

        var refused = await visitor.SubmitAsync(
            choose,
            "choose",
            [new("Wanted", wanted), new("Again", again)],
            Cancellation
        );

        refused.Url.AbsolutePath.ShouldBe("/sign-in/password");
        refused.Document.QuerySelector("[role=alert]").ShouldNotBeNull();
    }

    [Fact]
    public async Task Second_factor_cannot_be_skipped_by_going_to_the_next_page()
    {
        await using var node = await RunningNode.StartAsync();
        var opened = await node.OpenAccountAsync(New("nouveau", enrolled: true));
        using var visitor = node.Visitor();
        await PasswordAsync(visitor, "nouveau", opened.Password);

        (await visitor.GetAsync("/sign-in/password", Cancellation)).Url.AbsolutePath.ShouldBe("/sign-in");
        (await visitor.GetAsync("/sign-in/enrol", Cancellation)).Url.AbsolutePath.ShouldBe("/sign-in");
        (await visitor.GetAsync("/account", Cancellation)).Url.AbsolutePath.ShouldBe("/sign-in");
    }

    private static NewAccount New(string login, bool enrolled) =>
        new()
        {
            By = Officer.NodeActor,
            Login = login,
            Name = "Agent nouveau",
            Unit = "liaison",
            Roles = [Role.Officer],
            Clearance = 1,
            EnrolTotp = enrolled,
        };

    private static async Task<BrowserlessPage> PasswordAsync(
        BrowserlessClient visitor,
        string login,
        string password
    ) =>
        await visitor.SubmitAsync(
            await visitor.GetAsync("/sign-in", Cancellation),
            "sign-in",
            [new("Login", login), new("Password", password)],
            Cancellation
        );

    private static async Task GetsInWithAsync(RunningNode node, TestClock clock, string password, string key)
    {
        clock.Advance(TimeSpan.FromMinutes(2));
        using var again = node.Visitor();
        var page = await again.SignInAsync("nouveau", password, key, Cancellation);
        page.Url.AbsolutePath.ShouldNotStartWith("/sign-in");
    }

    private static KeyValuePair<string, string>[] Twice(string password) =>
        [new("Wanted", password), new("Again", password)];
}
