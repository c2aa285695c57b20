using Entente.Node.Tests.Support;

namespace Entente.Node.Tests.Commands;

public sealed class LinkVerbsTests
{
    [Fact]
    public async Task Two_nodes_are_linked_from_their_command_lines()
    {
        using var rabat = new CommandNode { Id = "ma.interieur" };
        using var madrid = new CommandNode { Id = "es.interior" };
        await Task.WhenAll(OpenAsync(rabat), OpenAsync(madrid));

        var here = await rabat.DoAsAsync("premier", "link", "accept", "--card", madrid.CardFile);
        var there = await madrid.DoAsAsync("premier", "link", "accept", "--card", rabat.CardFile);
        SafetyNumber(here).ShouldBe(SafetyNumber(there));
        SafetyNumber(here).ShouldNotBeEmpty();

        await Task.WhenAll(ConfirmAsync(rabat, madrid), ConfirmAsync(madrid, rabat));

        (await rabat.DoAsync("link", "list")).ShouldContain("active");
        (await madrid.DoAsync("link", "list")).ShouldContain("active");
        (await rabat.DoAsync("account", "list")).ShouldContain("second");
    }

    [Fact]
    public async Task Verb_with_a_wrong_code_or_without_a_node_says_so_by_its_exit()
    {
        using var rabat = new CommandNode { Id = "ma.interieur" };

        var (nowhere, _, missing) = await rabat.RunAsync("link", "list");
        await OpenAsync(rabat);
        string[] confirm = ["link", "confirm", "es.interior", "--officer", "premier", "--code", "000000"];
        var (refused, _, why) = await rabat.RunAsync(confirm);

        (nowhere, refused).ShouldBe((66, 1));
        missing.ShouldContain("There is no node in");
        why.ShouldContain("not their code");
    }

    private static async Task OpenAsync(CommandNode node)
    {
        await node.InitAsync(TestNode.FreePort(), TestNode.FreePort());
        await node.AddOfficerAsync("premier");
        await node.AddOfficerAsync("second");
    }

    private static async Task ConfirmAsync(CommandNode node, CommandNode partner)
    {
        var first = await node.DoAsAsync("premier", "link", "confirm", partner.Id);
        first.ShouldContain("1 of 2");
        var second = await node.DoAsAsync("second", "link", "confirm", partner.Id);
        second.ShouldContain($"{partner.Id}  active");
    }

    private static string SafetyNumber(string said) =>
        said.Split('\n').Single(line => line.StartsWith("safety number", StringComparison.Ordinal));
}
