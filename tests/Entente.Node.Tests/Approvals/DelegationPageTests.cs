using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Approvals;

public sealed class DelegationPageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Colleagues_of_the_unit_are_offered_to_delegate_to_and_oneself_is_not()
    {
        await using var node = await RunningNode.StartAsync();
        using var supervisor = await node.SignedInAsync("chef", Role.Supervisor);
        using var other = await node.SignedInAsync("adjoint", Role.Supervisor);

        var page = await supervisor.GetAsync("/approvals", Cancellation);

        page.Document.QuerySelectorAll("#colleagues option")
            .Select(option => option.GetAttribute("value"))
            .ShouldBe(["adjoint"]);
    }
}
