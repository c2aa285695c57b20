using Entente.Node.Features.Accounts;
using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Doors;

/// <summary>Whatever is written into an address or a form, the node answers with a page and goes on.</summary>
public sealed class HostileAddressTests
{
    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task No_door_fails_whatever_its_address_says(string engine)
    {
        await using var partner = new AbsentPartner();
        await using var node = await Intruder.FurnishedAsync(engine, partner);
        using var browser = await node.SignedInAsync("tout", Enum.GetValues<Role>());
        var intruder = new Intruder(node, browser);

        foreach (var door in intruder.Doors)
        {
            foreach (var value in Hostile.InAddress)
            {
                await intruder.OpenAsync(door, value);
            }
        }

        intruder.Failures.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(nameof(Role.Officer))]
    [InlineData(nameof(Role.Supervisor))]
    [InlineData(nameof(Role.Desk))]
    [InlineData(nameof(Role.Security))]
    [InlineData(nameof(Role.Protection))]
    [InlineData(nameof(Role.Auditor))]
    public async Task No_door_fails_for_any_role(string role)
    {
        await using var node = await RunningNode.StartAsync();
        using var browser = await node.SignedInAsync("agent", Enum.Parse<Role>(role));
        var intruder = new Intruder(node, browser);

        foreach (var door in intruder.Doors)
        {
            await intruder.OpenAsync(door, "a%00b");
            await intruder.OpenAsync(door, "-1");
        }

        intruder.Failures.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task No_form_fails_whatever_is_written_in_it(string engine)
    {
        await using var partner = new AbsentPartner();
        await using var node = await Intruder.FurnishedAsync(engine, partner);
        using var browser = await node.SignedInAsync("tout", Enum.GetValues<Role>());
        var intruder = new Intruder(node, browser);

        foreach (var value in Hostile.InForm)
        {
            await intruder.WalkAsync(most: 50, value);
        }

        intruder.Failures.ShouldBeEmpty();
    }
}
