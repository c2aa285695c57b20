using Entente.Node.Commands.Demo;
using Entente.Node.Features.Accounts;
using Entente.Node.Guard.Explained;
using Entente.Node.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace Entente.Node.Tests.Guard;

public sealed class WhatIfPageTests
{
    private const string Address = "/guard/try";
    private const string Message = "01a20560-55fc-74df-9e33-eaf7fa621d54";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("login", "Personne Inconnue", "Personne ne porte ce nom")]
    [InlineData("pasted", "https://noeud.example/transfers/" + Message, "Aucun message de ce nœud")]
    public async Task What_cannot_be_found_is_said_and_not_passed_over(string field, string value, string answer)
    {
        await using var node = await RunningNode.StartAsync();
        using var guardian = await node.SignedInAsync("protection", Role.Protection);
        var page = await guardian.GetAsync(Address, Cancellation);

        var said = await guardian.SubmitAsync(page, "whatif", [new(field, value)], Cancellation);

        said.Document.Body!.TextContent.ShouldContain(answer); // Every page has one.
    }

    [Theory]
    [InlineData("nadia")]
    [InlineData("Nadia")]
    [InlineData("Officier d’essai (nadia)")]
    public async Task Person_is_found_by_login_or_as_chosen_from_the_list(string written)
    {
        await using var node = await RunningNode.StartAsync();
        using var nadia = await node.SignedInAsync("nadia", Role.Officer);
        using var guardian = await node.SignedInAsync("protection", Role.Protection);
        var page = await guardian.GetAsync(Address, Cancellation);
        page.Document.QuerySelectorAll("#people option")
            .Select(o => o.GetAttribute("value"))
            .ShouldContain(v => v!.EndsWith("(nadia)"));

        var said = await guardian.SubmitAsync(page, "whatif", [new("login", written)], Cancellation);

        said.Document.Body!.TextContent.ShouldNotContain("Personne ne porte ce nom"); // Every page has one.
    }

    [Theory]
    [InlineData("https://noeud.example/cases/11111111-1111-7111-8111-111111111111/print/" + Message)]
    [InlineData(Message)]
    public void Pasted_address_names_the_message_that_stands_last_in_it(string pasted)
    {
        var form = new FormCollection(new() { ["pasted"] = pasted, ["message"] = "" });

        Tried.Read(form).Message.ShouldBe(Message);
    }
}
