using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class TrafficLightRuleTests
{
    [Theory]
    [InlineData("CLEAR", nameof(DisclosureAct.Prove), true)]
    [InlineData("GREEN", nameof(DisclosureAct.Forward), true)]
    [InlineData("GREEN", nameof(DisclosureAct.Prove), false)]
    [InlineData("AMBER", nameof(DisclosureAct.View), true)]
    [InlineData("AMBER", nameof(DisclosureAct.Forward), false)]
    [InlineData("AMBER+STRICT", nameof(DisclosureAct.Brief), true)]
    [InlineData("AMBER+STRICT", nameof(DisclosureAct.Export), false)]
    [InlineData("RED", nameof(DisclosureAct.View), true)]
    [InlineData("RED", nameof(DisclosureAct.Brief), false)]
    [InlineData("RED", nameof(DisclosureAct.Print), false)]
    [InlineData("PURPLE", nameof(DisclosureAct.Forward), false)]
    [InlineData(null, nameof(DisclosureAct.Prove), true)]
    public async Task Label_admits_what_it_says(string? tlp, string act, bool lawful) =>
        ((await Check(Of(tlp) with { Act = Enum.Parse<DisclosureAct>(act) })) is null).ShouldBe(lawful);

    [Fact]
    public async Task Red_shows_to_the_named_unit_only()
    {
        var other = Of("RED", "customs") with { Act = DisclosureAct.Search };

        (await Check(other)).ShouldNotBeNull();
        (await Check(other with { Act = DisclosureAct.Count })).ShouldBeNull();
    }

    [Fact]
    public async Task Permission_and_the_way_back_are_free()
    {
        var back = Of("RED") with { Act = DisclosureAct.Forward, Partner = "de.bmi" };

        (await Check(back)).ShouldBeNull();
        (await Check(back with { Partner = "es.interior" })).ShouldNotBeNull();
    }

    private static Disclosure Of(string? tlp, string unit = "liaison") =>
        Disclosures.Lawful with
        {
            Foreign = [Disclosures.FromBerlin with { Tlp = tlp, NamedRecipients = [unit] }],
        };

    private static Task<Finding?> Check(Disclosure d) => Disclosures.Check(new TrafficLightRule(), d);
}
