using System.Text;

namespace Entente.Protocol.Tests;

/// <summary>One wrong thing at a time in a JWS that is otherwise right.</summary>
public sealed class JwsMisbehaviourTests
{
    private const string Typ = "entente-test+jwt";
    private static readonly SigningKey Key = SigningKey.Create();
    private static readonly VerificationKey Verifier = Key.Verifier();

    [Fact]
    public void A_right_one_opens() => Encoding.UTF8.GetString(Open(Signed(Header())).Required()).ShouldBe("{}");

    [Fact]
    public void Another_type_is_refused() => Refused(Signed(Header(typ: "entente-card+jwt")), Reason.BadEnvelope);

    [Fact]
    public void A_missing_type_is_refused() =>
        Refused(Signed($$"""{"alg":"ES256","kid":"{{Key.Kid}}"}"""), Reason.BadEnvelope);

    [Fact]
    public void The_other_curves_algorithm_is_refused() => Refused(Signed(Header(alg: "ES384")), Reason.BadSignature);

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES512")]
    [InlineData("es256")]
    public void Another_algorithm_is_refused(string alg) => Refused(Signed(Header(alg)), Reason.BadEnvelope);

    [Fact]
    public void Another_kid_is_refused() => Refused(Signed(Header(kid: "somebody")), Reason.BadSignature);

    [Fact]
    public void A_missing_kid_is_refused() =>
        Refused(Signed($$"""{"alg":"ES256","typ":"{{Typ}}"}"""), Reason.BadSignature);

    [Theory]
    [InlineData("\"crit\":[\"exp\"]")]
    [InlineData("\"zip\":\"DEF\"")]
    [InlineData("\"b64\":false")]
    public void A_header_that_changes_the_reading_is_refused(string member) =>
        Refused(Signed(Header()[..^1] + "," + member + "}"), Reason.BadEnvelope);

    [Fact]
    public void An_unknown_header_member_is_ignored() =>
        Open(Signed(Header()[..^1] + ",\"novel\":{}}")).Ok.ShouldBeTrue();

    [Fact]
    public void An_algorithm_named_twice_is_refused() =>
        Refused(Signed(Header()[..^1] + ",\"alg\":\"ES256\"}"), Reason.BadEnvelope);

    [Fact]
    public void A_header_that_is_null_is_refused() => Refused(Signed("null"), Reason.BadEnvelope);

    [Fact]
    public void Four_parts_are_refused() => Refused(Signed(Header()) + ".e30", Reason.BadEnvelope);

    [Fact]
    public void Two_parts_are_refused() => Refused("e30.e30", Reason.BadEnvelope);

    [Fact]
    public void A_padded_part_is_refused() => Refused(Signed(Header()) + "=", Reason.BadEnvelope);

    [Fact]
    public void A_trailing_line_break_is_refused() => Refused(Signed(Header()) + "\n", Reason.BadEnvelope);

    [Fact]
    public void A_signature_in_der_is_refused()
    {
        var jws = Signed(Header());
        Refused(jws[..(jws.LastIndexOf('.') + 1)] + Base64.Encode(new byte[71]), Reason.BadSignature);
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0x01)]
    [InlineData(0xff)]
    public void A_signature_of_one_byte_repeated_is_refused(byte value)
    {
        var jws = Signed(Header());
        var signature = Enumerable.Repeat(value, 64).ToArray();
        Refused(jws[..(jws.LastIndexOf('.') + 1)] + Base64.Encode(signature), Reason.BadSignature);
    }

    [Fact]
    public void A_signature_whose_unused_bits_are_set_is_refused()
    {
        // 64 bytes leave four unused bits in the 86th character: 'A' and 'B' there would decode alike.
        var jws = Signed(Header());
        var last = jws[^1];
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Refused(jws[..^1] + alphabet[alphabet.IndexOf(last, StringComparison.Ordinal) + 1], Reason.BadEnvelope);
    }

    [Fact]
    public void A_longer_text_than_a_mebibyte_is_refused() =>
        Refused(new string('a', Jws.MaxLength + 1), Reason.TooLarge);

    [Fact]
    public void Text_outside_ascii_is_refused() => Refused("é.é.é", Reason.BadEnvelope);

    private static string Header(string alg = "ES256", string? kid = null, string typ = Typ) =>
        $$"""{"alg":"{{alg}}","kid":"{{kid ?? Key.Kid}}","typ":"{{typ}}"}""";

    private static string Signed(string header)
    {
        var input = Base64.Encode(Encoding.UTF8.GetBytes(header)) + "." + Base64.Encode("{}"u8);
        var signature = new byte[64];
        Key.Sign(Encoding.ASCII.GetBytes(input), signature);
        return input + "." + Base64.Encode(signature);
    }

    private static Opened<byte[]> Open(string jws) => Jws.Open(jws, Typ, Verifier);

    private static void Refused(string jws, Reason reason) =>
        Open(jws).Refusal.ShouldNotBeNull().Reason.ShouldBe(reason);
}
