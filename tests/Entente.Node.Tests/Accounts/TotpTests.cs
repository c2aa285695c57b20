using System.Text;
using Entente.Node.Features.Accounts;

namespace Entente.Node.Tests.Accounts;

public sealed class TotpTests
{
    private static readonly byte[] RfcSecret = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Code_of_RFC_6238_appendix_B_is_found(long seconds, string code) =>
        Totp.Code(RfcSecret, seconds / Totp.StepSeconds, 8).ShouldBe(code);

    [Theory]
    [InlineData(-31, true)]
    [InlineData(0, true)]
    [InlineData(31, true)]
    [InlineData(-90, false)]
    [InlineData(90, false)]
    public void Code_matches_within_one_step_of_clock_difference(int seconds, bool expected)
    {
        var secret = Totp.NewSecret();
        var now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_015);

        var match = Totp.Match(secret, Totp.Code(secret, now.AddSeconds(seconds)), now);

        match.HasValue.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("١٢٣٤٥٦")]
    public void Text_that_is_no_code_matches_nothing(string code) =>
        Totp.Match(Totp.NewSecret(), code, DateTimeOffset.UnixEpoch.AddYears(50)).ShouldBeNull();

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_of_RFC_4648_goes_there_and_back(string text, string encoded)
    {
        Base32.Encode(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);
        Encoding.ASCII.GetString(Base32.Decode(encoded)).ShouldBe(text);
    }
}
