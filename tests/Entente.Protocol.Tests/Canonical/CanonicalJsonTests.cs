using System.Globalization;
using System.Text;

namespace Entente.Protocol.Tests;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Rfc8785_section_3_2_2_example() =>
        Canonical(
                """
                {
                  "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                  "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
                  "literals": [null, true, false]
                }
                """
            )
            .ShouldBe(
                """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"""
            );

    [Fact]
    public void Rfc8785_section_3_2_3_sorts_by_utf16_code_units() =>
        Canonical(
                """
                { "\u20ac": "Euro", "\r": "CR", "\ufb33": "Dalet", "1": "One", "\ud83d\ude00": "Emoji", "\u0080": "Control", "\u00f6": "O" }
                """
            )
            .ShouldBe(
                "{\"\\r\":\"CR\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"O\",\"€\":\"Euro\",\"😀\":\"Emoji\",\"\ufb33\":\"Dalet\"}"
            );

    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Rfc8785_appendix_b_numbers(string bits, string expected)
    {
        var number = BitConverter.UInt64BitsToDouble(
            ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        );

        EcmaScriptNumber.Format(number).ShouldBe(expected);
        if (number != 0)
            Canonical(number.ToString("R", CultureInfo.InvariantCulture)).ShouldBe(expected);
    }

    [Fact]
    public void Control_characters_are_escaped_in_lower_case_and_others_left() =>
        Canonical("""["\u001F\u007f\u2028\/\b\f\t<>&"]""").ShouldBe("[\"\\u001f\u007f\u2028/\\b\\f\\t<>&\"]");

    [Theory]
    [InlineData("""{"a":1,"a":1}""")]
    [InlineData("""{"a":1,"\u0061":1}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""["\ud800\u0041"]""")]
    [InlineData("1e999")]
    [InlineData("-1e999")]
    [InlineData("[1,]")]
    [InlineData("")]
    [InlineData("{}{}")]
    [InlineData("/**/{}")]
    public void What_has_no_canonical_form_is_refused(string json) =>
        CanonicalJson.Of(Encoding.UTF8.GetBytes(json)).Ok.ShouldBeFalse();

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() =>
        CanonicalJson.Of(new byte[] { 0x22, 0xc3, 0x28, 0x22 }).Ok.ShouldBeFalse();

    private static string Canonical(string json) =>
        Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(json)).Required());
}
