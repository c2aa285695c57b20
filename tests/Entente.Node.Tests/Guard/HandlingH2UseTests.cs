using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class HandlingH2UseTests
{
    [Theory]
    [InlineData(nameof(DisclosureAct.View), null, true)]
    [InlineData(nameof(DisclosureAct.Search), null, true)]
    [InlineData(nameof(DisclosureAct.Count), null, true)]
    [InlineData(nameof(DisclosureAct.Export), null, false)]
    [InlineData(nameof(DisclosureAct.Print), null, false)]
    [InlineData(nameof(DisclosureAct.Prove), null, false)]
    [InlineData(nameof(DisclosureAct.Brief), null, true)]
    [InlineData(nameof(DisclosureAct.Brief), "DE", true)]
    [InlineData(nameof(DisclosureAct.Brief), "ES", false)]
    public async Task Is_kept_from_everybody_but_its_giver(string act, string? audience, bool lawful)
    {
        var use = Disclosures.Lawful with
        {
            Act = Enum.Parse<DisclosureAct>(act),
            Audience = audience,
            Foreign = [Disclosures.FromBerlin with { Handling = ["H2"] }],
        };

        ((await Disclosures.Check(new HandlingH2Rule(), use)) is null).ShouldBe(lawful);
    }
}
