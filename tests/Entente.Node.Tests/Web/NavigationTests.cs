using System.Net;
using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;
using Entente.Node.Web.Navigation;

namespace Entente.Node.Tests.Web;

public sealed class NavigationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(Role.Officer))]
    [InlineData(nameof(Role.Supervisor))]
    [InlineData(nameof(Role.Desk))]
    [InlineData(nameof(Role.Security))]
    [InlineData(nameof(Role.Protection))]
    [InlineData(nameof(Role.Auditor))]
    public async Task Every_place_a_role_sees_opens(string name)
    {
        var role = Enum.Parse<Role>(name);
        await using var node = await RunningNode.StartAsync();
        using var visitor = await node.SignedInAsync("agent", role);
        var closed = new List<string>();
        foreach (
            var item in node.Services.GetServices<NavItem>().Where(i => i.Roles.Length == 0 || i.Roles.Contains(role))
        )
        {
            var page = await visitor.GetAsync(item.Href, Cancellation);
            if (page.Status != HttpStatusCode.OK || page.Url.AbsolutePath != item.Href)
            {
                closed.Add($"{item.Href}: {(int)page.Status}");
            }
        }

        closed.ShouldBeEmpty();
    }
}
