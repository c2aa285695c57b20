using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class VulnerablePersonsRuleTests
{
    [Theory]
    [InlineData("victim", false, "motif", Verdict.NeedsApproval)]
    [InlineData("victim", false, " ", Verdict.Refuse)]
    [InlineData("witness", true, "motif", Verdict.NeedsApproval)]
    [InlineData("witness", true, null, Verdict.Refuse)]
    public async Task Minor_or_victim_takes_a_reason_and_a_supervisor(
        string category,
        bool minor,
        string? reason,
        Verdict verdict
    )
    {
        var finding = await Check(category, minor, reason);

        finding!.Verdict.ShouldBe(verdict);
        finding.Reason.Key.ShouldBe(
            verdict == Verdict.Refuse ? "guard.vulnerable.unreasoned" : "guard.vulnerable.reason"
        );
        finding.WhoCan.ShouldBe(Role.Supervisor);
    }

    [Theory]
    [InlineData("victim", true)]
    [InlineData("witness", false)]
    public async Task Without_a_profile_victims_are_guarded(string category, bool guarded)
    {
        var told = Disclosures.Lawful with
        {
            Profile = null,
            Persons = [new DisclosedPerson(category, IsMinor: false)],
        };

        ((await Disclosures.Check(new VulnerablePersonsRule(), told)) is not null).ShouldBe(guarded);
    }

    [Fact]
    public async Task Others_take_neither() => (await Check("suspect", minor: false, null)).ShouldBeNull();

    private static Task<Finding?> Check(string category, bool minor, string? reason) =>
        Disclosures.Check(
            new VulnerablePersonsRule(),
            Disclosures.Lawful with
            {
                Persons = [new DisclosedPerson(category, minor)],
                Reason = reason,
            }
        );
}
