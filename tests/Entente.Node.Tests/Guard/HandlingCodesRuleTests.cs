using Entente.Node.Guard;
using Entente.Node.Guard.Rules;

namespace Entente.Node.Tests.Guard;

public sealed class HandlingCodesRuleTests
{
    [Theory]
    [InlineData("H0")]
    [InlineData("H1,H2")]
    [InlineData("")]
    public async Task Codes_that_combine_are_no_objection(string codes) =>
        (await Disclosures.Check(new HandlingCodesRule(), With(codes, null))).ShouldBeNull();

    [Theory]
    [InlineData("H0,H1", "guard.handling.alone")]
    [InlineData("H9", "guard.handling.unknown")]
    [InlineData("H3", "guard.handling.text")]
    [InlineData("H1,H3", "guard.handling.text")]
    public async Task Codes_against_the_profile_are_refused(string codes, string reason) =>
        (await Disclosures.Check(new HandlingCodesRule(), With(codes, " ")))!.Reason.Key.ShouldBe(reason);

    [Fact]
    public async Task H3_with_its_words_is_no_objection() =>
        (await Disclosures.Check(new HandlingCodesRule(), With("H3", "For the named unit only"))).ShouldBeNull();

    private static Disclosure With(string codes, string? text) =>
        Disclosures.Lawful with
        {
            Handling = codes.Split(',', StringSplitOptions.RemoveEmptyEntries),
            HandlingText = text,
        };
}
