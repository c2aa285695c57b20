using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Entente.Protocol.Tests;

public sealed class LinkCardTests
{
    private static readonly LinkCard Card = Sample.Card(Sample.Rabat, Sample.RabatKeys);

    [Fact]
    public void A_signed_card_opens_to_what_it_says()
    {
        var jws = Card.Sign(Sample.RabatKeys.Signing);

        var opened = LinkCard.Open(jws).Required();

        opened.Node.ShouldBe(Sample.Rabat);
        opened.Names["ar"].ShouldBe("سلطة المثال");
        opened.SigningJwk.Thumbprint.ShouldBe(Sample.RabatKeys.Signing.Kid);
        opened.Sha256.ShouldBe(Hash.OfText(jws));
        opened.IsCurrent(Sample.At).ShouldBeTrue();
        opened.IsCurrent(opened.Expires).ShouldBeFalse();
    }

    [Fact]
    public void A_card_signed_by_another_key_than_its_own_is_refused()
    {
        using var other = SigningKey.Create();
        var payload = JsonSerializer.SerializeToUtf8Bytes(Card, WireJson.Wire.LinkCard);

        Refused(Jws.Sign(payload, LinkCard.Type, other), Reason.BadSignature);
    }

    public static TheoryData<string, string, string> Faults() =>
        new()
        {
            { "version", "\"v\":1", "\"v\":2" },
            { "country of another node", "\"country\":\"ma\"", "\"country\":\"es\"" },
            { "no name", "\"fr\":\"Autorité d'exemple\"", "\"fr\":\"\"" },
            { "null name", "\"fr\":\"Autorité d'exemple\"", "\"fr\":null" },
            { "endpoint without TLS", "https://", "http://" },
            { "endpoint that is no address", "https://", "" },
            { "no signing key", "\"use\":\"sig\"", "\"use\":\"enc\"" },
            { "no encryption key", "\"use\":\"enc\"", "\"use\":\"sig\"" },
            { "null keys", "\"keys\":[", "\"keys\":[null," },
            { "another curve", "\"crv\":\"P-256\"", "\"crv\":\"P-521\"" },
            { "expired before issued", "2027-", "2025-" },
            { "kid that is not the thumbprint", "\"kid\":\"", "\"kid\":\"x" },
            { "member twice", "\"v\":1", "\"v\":1,\"v\":1" },
            { "missing pin", "\"x5t#S256\"", "\"x5t\"" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_card_with_one_fault_is_refused(string fault, string right, string wrong)
    {
        var payload = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(Card, WireJson.Wire.LinkCard));
        payload.ShouldContain(right);
        var forged = payload.Replace(right, wrong, StringComparison.Ordinal);

        var opened = LinkCard.Open(Jws.Sign(Encoding.UTF8.GetBytes(forged), LinkCard.Type, Sample.RabatKeys.Signing));

        opened.Ok.ShouldBeFalse(fault);
    }

    [Fact]
    public void A_card_with_one_key_for_both_uses_is_refused()
    {
        var signing = Sample.RabatKeys.Signing;
        var both = Card with { Jwks = new JwkSet([signing.PublicJwk, signing.PublicJwk with { Use = "enc" }]) };

        Refused(both.Sign(signing), Reason.BadEnvelope);
    }

    [Fact]
    public void A_card_with_an_encryption_key_off_the_curve_is_refused()
    {
        var ones = Base64.Encode([.. Enumerable.Repeat((byte)1, 32)]);
        var off = Card with
        {
            Jwks = new JwkSet([Sample.RabatKeys.Signing.PublicJwk, new Jwk("EC", "P-256", ones, ones, "enc")]),
        };

        Refused(off.Sign(Sample.RabatKeys.Signing), Reason.BadEnvelope);
    }

    [Fact]
    public void A_card_with_keys_on_two_curves_is_refused()
    {
        using var other = AgreementKey.Create(Curve.P384);
        var mixed = Card with { Jwks = new JwkSet([Sample.RabatKeys.Signing.PublicJwk, other.PublicJwk]) };

        Refused(mixed.Sign(Sample.RabatKeys.Signing), Reason.BadEnvelope);
    }

    [Fact]
    public void A_card_past_64_kibibytes_is_refused() =>
        Refused(new string('a', CardReading.MaxLength + 1), Reason.TooLarge);

    [Fact]
    public void A_rotated_card_opens_for_who_holds_the_old_one()
    {
        var (old, next, keys) = Rotation();

        var opened = LinkCard.OpenRotated(next.Rotate(keys.Signing, Sample.RabatKeys.Signing), old).Required();

        opened.SigningJwk.Thumbprint.ShouldBe(keys.Signing.Kid);
        opened.Previous.ShouldBe(old.Sha256);
    }

    [Fact]
    public void A_rotation_not_signed_by_the_old_key_is_refused()
    {
        var (old, next, keys) = Rotation();

        var opened = LinkCard.OpenRotated(next.Rotate(keys.Signing, keys.Signing), old);

        opened.Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.BadSignature);
    }

    [Fact]
    public void A_rotation_that_does_not_follow_the_card_we_hold_is_refused()
    {
        var (old, next, keys) = Rotation();
        var other = next with { Previous = Hash.OfText("another card") };

        var opened = LinkCard.OpenRotated(other.Rotate(keys.Signing, Sample.RabatKeys.Signing), old);

        opened.Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.Fork);
    }

    [Fact]
    public void A_rotation_to_another_node_is_refused()
    {
        var (old, _, keys) = Rotation();
        var other = Sample.Card(Sample.Madrid, keys) with { Previous = old.Sha256 };

        var opened = LinkCard.OpenRotated(other.Rotate(keys.Signing, Sample.RabatKeys.Signing), old);

        opened.Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.WrongRecipient);
    }

    [Fact]
    public void A_safety_number_is_the_same_on_both_sides_and_follows_its_definition()
    {
        var madrid = Sample.Card(Sample.Madrid, Sample.MadridKeys);

        var number = SafetyNumber.Of(Card, madrid);

        number.ShouldBe(SafetyNumber.Of(madrid, Card));
        number.ShouldBe(Reference(Card.SigningJwk.Thumbprint, madrid.SigningJwk.Thumbprint));
        number.Length.ShouldBe(71);
    }

    [Fact]
    public void A_safety_number_changes_with_either_key()
    {
        var madrid = Sample.Card(Sample.Madrid, Sample.MadridKeys);
        var impostor = Sample.Card(Sample.Madrid, Keys.Create(Curve.P256));

        SafetyNumber.Of(Card, impostor).ShouldNotBe(SafetyNumber.Of(Card, madrid));
    }

    private static (LinkCard Old, LinkCard Next, Keys Keys) Rotation()
    {
        var old = LinkCard.Open(Card.Sign(Sample.RabatKeys.Signing)).Required();
        var keys = Keys.Create(Curve.P256);
        return (old, Sample.Card(Sample.Rabat, keys) with { Previous = old.Sha256 }, keys);
    }

    /// <summary>The definition read literally, over a string of bits.</summary>
    private static string Reference(string a, string b)
    {
        var sorted = new[] { a, b }.Order(StringComparer.Ordinal);
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', sorted)));
        var bits = string.Concat(digest.Take(30).Select(octet => Convert.ToString(octet, 2).PadLeft(8, '0')));
        var groups = bits.Chunk(20).Select(group => Convert.ToInt32(new string(group), 2) % 100000);
        return string.Join(' ', groups.Select(group => group.ToString("00000", CultureInfo.InvariantCulture)));
    }

    private static void Refused(string jws, Reason reason) =>
        LinkCard.Open(jws).Refusal.ShouldNotBeNull().Reason.ShouldBe(reason);
}
