using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class ProfileRuleTests
{
    [Fact]
    public async Task The_file_that_both_signed_is_no_objection() =>
        (await Check(Disclosures.Profile.Sha256, "2023-06-11")).ShouldBeNull();

    [Fact]
    public async Task Another_file_than_the_one_signed_is_refused()
    {
        var finding = await Check("another-file", "2023-06-11");

        finding!.Verdict.ShouldBe(Verdict.Refuse);
        finding.Reason.Key.ShouldBe("guard.profile.reason");
    }

    [Fact]
    public async Task A_profile_that_is_not_here_is_refused() =>
        (await Check(Disclosures.Profile.Sha256, "1999-01-01"))!.Reason.Key.ShouldBe("guard.profile.missing");

    private static Task<Finding?> Check(string sha256, string version) =>
        Disclosures.Check(
            new ProfileRule(),
            Disclosures.Lawful with
            {
                Link = Disclosures.Link with
                {
                    Settings = Disclosures.Link.Settings with { ProfileSha256 = sha256, ProfileVersion = version },
                },
            }
        );
}
