using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class AgreedDomainRuleTests
{
    [Fact]
    public async Task Agreed_domain_is_no_objection() =>
        (await Disclosures.Check(new AgreedDomainRule(), Disclosures.Lawful)).ShouldBeNull();

    [Fact]
    public async Task Other_domain_is_refused_by_name() =>
        (
            await Disclosures.Check(new AgreedDomainRule(), Disclosures.Lawful with { Domain = "cybercrime" })
        )!.Reason.Arguments.ShouldBe(["domain.cybercrime"]);

    [Fact]
    public async Task Missing_domain_is_refused() =>
        (
            await Disclosures.Check(new AgreedDomainRule(), Disclosures.Lawful with { Domain = null })
        )!.Reason.Key.ShouldBe("guard.domain.none");

    [Fact]
    public async Task Progress_needs_no_domain()
    {
        var progress = Disclosures.Lawful with { Kind = Kinds.Progress, Domain = null };

        (await Disclosures.Check(new AgreedDomainRule(), progress)).ShouldBeNull();
    }
}
