using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Accounts;

public sealed class SignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Visitor_who_is_not_signed_in_is_sent_to_the_form_and_back_to_the_page_wanted()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();

        var page = await visitor.GetAsync("/account", Cancellation);

        page.Url.PathAndQuery.ShouldBe("/sign-in?return=%2Faccount");
    }

    [Fact]
    public async Task Password_and_code_open_a_session()
    {
        await using var node = await RunningNode.StartAsync();
        var account = await node.OpenAccountAsync("officier", Role.Officer);
        using var visitor = node.Visitor();

        var page = await visitor.SignInAsync("officier", account.Password, account.TotpSecret!, Cancellation);

        page.Url.AbsolutePath.ShouldBe("/inbox");
    }

    [Fact]
    public async Task Form_without_its_token_is_refused()
    {
        await using var node = await RunningNode.StartAsync();
        using var visitor = node.Visitor();
        using var form = new FormUrlEncodedContent([
            new("_handler", "sign-in"),
            new("Login", "officier"),
            new("Password", "x"),
        ]);

        using var answer = await visitor.Http.PostAsync(new Uri("/sign-in", UriKind.Relative), form, Cancellation);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
