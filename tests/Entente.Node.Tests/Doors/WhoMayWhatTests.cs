using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;
using Entente.Node.Tests.Web;

namespace Entente.Node.Tests.Doors;

/// <summary>
/// Every door of the running program, as a stranger and in every role, against a table that somebody read: a door that is
/// added tomorrow fails here until its line stands in `who-may-what.txt`.
/// </summary>
public sealed class WhoMayWhatTests
{
    private const string Table = "tests/Entente.Node.Tests/Doors/who-may-what.txt";

    [Fact]
    public async Task Every_door_opens_to_those_in_the_table_and_to_nobody_else()
    {
        await using var node = await RunningNode.StartAsync();

        var table = await new DoorWalk(node).TableAsync();

        table.Split('\n').ShouldBe(Sources.Read(Table).Split('\n'));
    }

    [Fact]
    public async Task No_form_is_answered_without_its_token()
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = await node.SignedInAsync("tout", Enum.GetValues<Role>());

        (await new DoorWalk(node).TokenlessAsync(browser)).ShouldBeEmpty();
    }
}
