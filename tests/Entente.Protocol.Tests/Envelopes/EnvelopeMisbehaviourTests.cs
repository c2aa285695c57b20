using System.Text;

namespace Entente.Protocol.Tests;

/// <summary>What a partner could get wrong, or try: one wrong thing at a time in an envelope that is otherwise right.</summary>
public sealed class EnvelopeMisbehaviourTests
{
    [Fact]
    public void A_right_one_opens() => Sample.Open(new ForgedEnvelope().Seal()).Ok.ShouldBeTrue();

    [Theory]
    [InlineData("none")]
    [InlineData("dir")]
    [InlineData("RSA1_5")]
    [InlineData("RSA-OAEP")]
    [InlineData("A256KW")]
    [InlineData("ECDH-ES+A256KW")]
    [InlineData("PBES2-HS256+A128KW")]
    public void Another_key_management_is_refused(string alg) =>
        Refused(new ForgedEnvelope { Alg = alg }, Reason.BadEnvelope);

    [Theory]
    [InlineData("A128GCM")]
    [InlineData("A256CBC-HS512")]
    [InlineData("none")]
    public void Another_encryption_is_refused(string enc) =>
        Refused(new ForgedEnvelope { Enc = enc }, Reason.BadEnvelope);

    [Theory]
    [InlineData(",\"zip\":\"DEF\"")]
    [InlineData(",\"zip\":null,\"zip\":\"DEF\"")]
    [InlineData(",\"crit\":[\"exp\"]")]
    [InlineData(",\"alg\":\"ECDH-ES\"")]
    public void A_header_that_changes_the_reading_is_refused(string more) =>
        Refused(new ForgedEnvelope { More = more }, Reason.BadEnvelope);

    [Fact]
    public void An_unknown_header_member_is_ignored() =>
        Sample.Open(new ForgedEnvelope { More = ",\"novel\":1" }.Seal()).Ok.ShouldBeTrue();

    [Fact]
    public void A_header_past_four_kibibytes_is_refused() =>
        Refused(new ForgedEnvelope { More = $",\"pad\":\"{new string('x', 4096)}\"" }, Reason.TooLarge);

    [Fact]
    public void Another_receivers_key_is_refused() =>
        Refused(new ForgedEnvelope { Kid = "somebody" }, Reason.WrongRecipient);

    [Fact]
    public void Another_sender_in_apu_is_refused() =>
        Refused(new ForgedEnvelope { Apu = "de.bmi" }, Reason.WrongRecipient);

    [Fact]
    public void Another_receiver_in_apv_is_refused() =>
        Refused(new ForgedEnvelope { Apv = "fi.sm" }, Reason.WrongRecipient);

    [Fact]
    public void Another_content_type_is_refused() =>
        Refused(new ForgedEnvelope { Cty = "text/plain" }, Reason.BadEnvelope);

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}""")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"AA","y":""}""")]
    [InlineData("""{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}""")]
    public void A_key_of_another_form_is_refused(string epk) =>
        Refused(new ForgedEnvelope { Epk = epk }, Reason.BadEnvelope);

    [Fact]
    public void An_ephemeral_key_off_the_curve_is_refused()
    {
        var ones = Base64.Encode([.. Enumerable.Repeat((byte)1, 32)]);
        Refused(
            new ForgedEnvelope { Epk = $$"""{"kty":"EC","crv":"P-256","x":"{{ones}}","y":"{{ones}}"}""" },
            Reason.BadEnvelope
        );
    }

    [Fact]
    public void The_point_of_zeros_is_refused()
    {
        var zeros = Base64.Encode(new byte[32]);
        Refused(
            new ForgedEnvelope { Epk = $$"""{"kty":"EC","crv":"P-256","x":"{{zeros}}","y":"{{zeros}}"}""" },
            Reason.BadEnvelope
        );
    }

    [Fact]
    public void An_ephemeral_key_on_the_other_curve_is_refused()
    {
        using var other = AgreementKey.Create(Curve.P384);
        var (x, y) = (other.PublicJwk.X, other.PublicJwk.Y);
        Refused(
            new ForgedEnvelope { Epk = $$"""{"kty":"EC","crv":"P-384","x":"{{x}}","y":"{{y}}"}""" },
            Reason.BadEnvelope
        );
    }

    [Fact]
    public void An_encrypted_key_is_refused() =>
        Refused(new ForgedEnvelope { EncryptedKey = "AAAA" }, Reason.BadEnvelope);

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void A_nonce_of_another_length_is_refused(int size) =>
        Refused(new ForgedEnvelope { NonceSize = size }, Reason.BadEnvelope);

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(20)]
    public void A_tag_of_another_length_is_refused(int size) =>
        Refused(new ForgedEnvelope { TagSize = size }, Reason.BadEnvelope);

    [Fact]
    public void A_batch_signed_by_another_key_is_refused()
    {
        using var other = SigningKey.Create();
        Refused(new ForgedEnvelope { Signer = other }, Reason.BadSignature);
    }

    [Fact]
    public void A_batch_typed_as_a_receipt_is_refused() =>
        Refused(new ForgedEnvelope { Typ = "entente-receipt+jwt" }, Reason.BadEnvelope);

    [Fact]
    public void A_batch_of_another_version_is_refused() => Refused(Claim(b => b with { V = 2 }), Reason.BadEnvelope);

    [Fact]
    public void A_batch_from_another_node_is_refused() =>
        Refused(Claim(b => b with { From = NodeId.Parse("de.bmi") }), Reason.WrongRecipient);

    [Fact]
    public void A_batch_forwarded_from_another_link_is_refused() =>
        Refused(Claim(b => b with { To = NodeId.Parse("de.bmi") }), Reason.WrongRecipient);

    [Fact]
    public void A_batch_that_begins_at_zero_is_refused() =>
        Refused(Claim(b => b with { First = 0 }), Reason.BadEnvelope);

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(257)]
    [InlineData(int.MaxValue)]
    public void A_count_that_is_not_the_lines_is_refused(int count) =>
        Refused(Claim(b => b with { Count = count }), Reason.BadEnvelope);

    [Fact]
    public void A_root_of_other_messages_is_refused() =>
        Refused(Claim(b => b with { Root = Hash.OfText("x") }), Reason.BadSignature);

    [Fact]
    public void A_message_changed_after_signing_is_refused() =>
        Refused(
            new ForgedEnvelope
            {
                Content = content => content.Replace("Diffusion restreinte", "Secret", StringComparison.Ordinal),
            },
            Reason.BadSignature
        );

    [Fact]
    public void Messages_in_another_order_are_refused() =>
        Refused(new ForgedEnvelope { Lines = ["{\"a\":1}", "{\"b\":2}"], Content = Swap }, Reason.BadSignature);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("no line break")]
    [InlineData("no signature\n")]
    [InlineData("..\n{}\n")]
    public void Content_of_another_form_is_refused(string content) =>
        Refused(new ForgedEnvelope { Content = _ => content }, Reason.BadEnvelope);

    [Fact]
    public void A_last_line_without_its_break_is_refused() =>
        Refused(new ForgedEnvelope { Content = c => c[..^1] }, Reason.BadEnvelope);

    [Fact]
    public void A_line_more_than_signed_is_refused() =>
        Refused(new ForgedEnvelope { Content = c => c + "{}\n" }, Reason.BadEnvelope);

    [Fact]
    public void A_blank_line_is_refused() => Refused(new ForgedEnvelope { Lines = ["{}", ""] }, Reason.BadEnvelope);

    [Fact]
    public void An_envelope_past_eight_mebibytes_is_refused() =>
        Refused(new byte[Envelope.MaxBytes + 1], Reason.TooLarge);

    [Fact]
    public void An_envelope_sealed_to_the_sender_itself_is_refused()
    {
        var toSelf = Envelope.Seal(
            Sample.Lines(1),
            Sample.Rabat,
            Sample.Madrid,
            1,
            Hash.Zero,
            Sample.At,
            Sample.RabatKeys.Signing,
            Sample.RabatKeys.Public
        );
        Refused(toSelf.Jwe, Reason.WrongRecipient);
    }

    [Fact]
    public void A_truncated_envelope_is_refused_wherever_it_is_cut()
    {
        var jwe = Sample.Seal(Sample.Lines(1)).Jwe;
        for (var length = 0; length < jwe.Length; length += 7)
            Sample.Open(jwe.AsSpan(0, length)).Ok.ShouldBeFalse();
    }

    [Theory]
    [InlineData("=")]
    [InlineData("\n")]
    [InlineData(".")]
    [InlineData("A")]
    [InlineData(" ")]
    public void Anything_after_the_envelope_is_refused(string more) =>
        Refused([.. Sample.Seal(Sample.Lines(1)).Jwe, .. Encoding.ASCII.GetBytes(more)], Reason.BadEnvelope);

    [Fact]
    public void A_message_out_of_its_place_is_refused_alone()
    {
        var opened = Sample.Open(Sample.Seal(Sample.Request(1).ToLine(), Sample.Request(3).ToLine()).Jwe).Required();

        opened.Read(0).Ok.ShouldBeTrue();
        opened.Read(1).Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.BadEnvelope);
    }

    [Theory]
    [InlineData("liaison@de.bmi", "liaison@es.interior")]
    [InlineData("liaison@ma.interieur", "liaison@fi.sm")]
    public void A_message_of_another_link_is_refused_alone(string from, string to)
    {
        var stray = Sample.Request() with { From = Address.Parse(from), To = Address.Parse(to) };

        var read = Sample.Open(Sample.Seal(stray.ToLine()).Jwe).Required().Read(0);

        read.Refusal.ShouldNotBeNull().Reason.ShouldBe(Reason.WrongRecipient);
    }

    [Fact]
    public void A_line_that_is_no_message_is_refused_alone() =>
        Sample
            .Open(Sample.Seal("{\"v\":1}"u8.ToArray()).Jwe)
            .Required()
            .Read(0)
            .Refusal.ShouldNotBeNull()
            .Reason.ShouldBe(Reason.BadEnvelope);

    private static string Swap(string content)
    {
        var lines = content.TrimEnd('\n').Split('\n');
        return $"{lines[0]}\n{lines[2]}\n{lines[1]}\n";
    }

    private static ForgedEnvelope Claim(Func<Batch, Batch> claims) => new() { Claims = claims };

    private static void Refused(ForgedEnvelope forged, Reason reason) => Refused(forged.Seal(), reason);

    private static void Refused(byte[] jwe, Reason reason) =>
        Sample.Open(jwe).Refusal.ShouldNotBeNull().Reason.ShouldBe(reason);
}
