using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class PermissibleActionRuleTests
{
    [Theory]
    [InlineData("CLEAR", nameof(DisclosureAct.Prove), true)]
    [InlineData("GREEN", nameof(DisclosureAct.Prove), true)]
    [InlineData("AMBER", nameof(DisclosureAct.Forward), true)]
    [InlineData("AMBER", nameof(DisclosureAct.Prove), false)]
    [InlineData("RED", nameof(DisclosureAct.View), true)]
    [InlineData("RED", nameof(DisclosureAct.Forward), false)]
    [InlineData("RED", nameof(DisclosureAct.Prove), false)]
    public async Task Label_admits_what_it_says(string pap, string act, bool lawful)
    {
        var use = Disclosures.Lawful with
        {
            Act = Enum.Parse<DisclosureAct>(act),
            Foreign = [Disclosures.FromBerlin with { Pap = pap }],
        };

        ((await Disclosures.Check(new PermissibleActionRule(), use)) is null).ShouldBe(lawful);
    }
}
