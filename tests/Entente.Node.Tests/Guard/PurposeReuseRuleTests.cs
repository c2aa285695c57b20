using Entente.Node.Features.Accounts;
using Entente.Node.Features.Links;
using Entente.Node.Guard;
using Entente.Node.Guard.Rules;
using Entente.Node.Profiles;
using Entente.Protocol;

namespace Entente.Node.Tests.Guard;

public sealed class PurposeReuseRuleTests
{
    private static Disclosure Forward(string? purpose, bool permitted = false) =>
        Disclosures.Lawful with
        {
            Act = DisclosureAct.Forward,
            Purpose = purpose,
            Foreign = [Disclosures.FromBerlin with { Purpose = "Enquête A", PurposePermitted = permitted }],
        };

    [Fact]
    public async Task Another_purpose_asks_the_giver_again() =>
        (await Check(Forward("Enquête B")))!.Remedy.Arguments.ShouldBe(["de.bmi"]);

    [Fact]
    public async Task Same_purpose_written_otherwise_is_the_same() =>
        (await Check(Forward("  ENQUETE \n a"))).ShouldBeNull();

    [Fact]
    public async Task Giver_s_agreement_lifts_it() =>
        (await Check(Forward("Enquête B", permitted: true))).ShouldBeNull();

    private static Task<Finding?> Check(Disclosure d) => Disclosures.Check(new PurposeReuseRule(), d);
}
