using System.Security.Cryptography;
using System.Text;

namespace Entente.Protocol.Tests;

/// <summary>The examples that the standards themselves print.</summary>
public sealed class RfcVectorTests
{
    private const string Claims =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

    private static readonly Jwk A3 = new(
        "EC",
        "P-256",
        "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
    );

    [Fact]
    public void Rfc7515_a3_signature_verifies()
    {
        const string Signature =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
        using var key = VerificationKey.From(A3).Required();
        Base64.TryDecode(Encoding.ASCII.GetBytes(Signature), out var signature).ShouldBeTrue();

        key.Verify(Encoding.ASCII.GetBytes("eyJhbGciOiJFUzI1NiJ9." + Claims), signature).ShouldBeTrue();
        key.Verify(Encoding.ASCII.GetBytes("eyJhbGciOiJFUzI1NiJ9." + Claims[..^1] + "R"), signature).ShouldBeFalse();
    }

    [Theory]
    [InlineData(
        "A.1, HMAC",
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + Claims + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    )]
    [InlineData("A.5, unsecured", "eyJhbGciOiJub25lIn0." + Claims + ".")]
    public void Rfc7515_examples_that_are_no_signatures_are_refused(string example, string jws)
    {
        using var key = VerificationKey.From(A3).Required();

        Jws.Open(jws, "JWT", key)
            .Refusal.ShouldNotBeNull(example)
            .Detail.ShouldBe("Only ES256 and ES384 are accepted.");
    }

    [Fact]
    public void Rfc7518_appendix_c_agrees_on_the_printed_key()
    {
        var bob = new Jwk(
            "EC",
            "P-256",
            "weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
            "e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck"
        );
        var alice = new Jwk(
            "EC",
            "P-256",
            "gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
            "SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps"
        );
        using var key = PrivateKeys.Agreement(bob, "VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw");

        var secret = key.Agree(alice.Parameters().Required().Key).ShouldNotBeNull();
        var derived = new byte[16];
        ConcatKdf.Derive(secret, "A128GCM"u8, "Alice"u8, "Bob"u8, derived);

        Convert.ToHexStringLower(secret).ShouldBe("9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4");
        Base64.Encode(derived).ShouldBe("VqqN6vgjbSBcIijNcacQGg");
    }

    [Fact]
    public void Rfc7638_example_is_the_hash_of_the_canonical_members()
    {
        const string N =
            "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3"
            + "oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZ"
            + "Hzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kE"
            + "gU8awapJzKnqDKgw";
        var members = Encoding.ASCII.GetBytes($$"""{"kty":"RSA","n":"{{N}}","e":"AQAB"}""");

        Hash.Of(CanonicalJson.Of(members).Required())
            .ToString()
            .ShouldBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    }

    [Fact]
    public void Rfc9449_elliptic_key_has_the_printed_thumbprint()
    {
        var key = new Jwk(
            "EC",
            "P-256",
            "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs",
            "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA"
        );

        key.Thumbprint.ShouldBe("0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }
}
