using System.Text;

namespace Entente.Protocol.Tests;

public sealed class EnvelopeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(256)]
    public void An_envelope_sealed_to_us_opens_to_the_same_lines(int count)
    {
        var lines = Sample.Lines(count);
        var envelope = Sample.Seal(lines);

        var opened = Sample.Open(envelope.Jwe).Required();

        opened
            .Lines.Select(line => Encoding.UTF8.GetString(line.Span))
            .ShouldBe(lines.Select(line => Encoding.UTF8.GetString(line.Span)));
        opened.Sha256.ShouldBe(envelope.Sha256);
        opened.Batch.ShouldBe(new Batch(Sample.Rabat, Sample.Madrid, 1, count, envelope.Root, Hash.Zero, Sample.At));
        opened.BatchJws.ShouldBe(envelope.BatchJws);
        opened.Read(count - 1).Required().Seq.ShouldBe(count);
    }

    [Fact]
    public void An_envelope_on_p384_opens_too()
    {
        var (rabat, madrid) = (Keys.Create(Curve.P384), Keys.Create(Curve.P384));
        var envelope = Envelope.Seal(
            Sample.Lines(2),
            Sample.Rabat,
            Sample.Madrid,
            1,
            Hash.Zero,
            Sample.At,
            rabat.Signing,
            madrid.Public
        );

        Envelope.Open(envelope.Jwe, madrid.Agreement, rabat.Verifier, Sample.Rabat, Sample.Madrid).Ok.ShouldBeTrue();
    }

    [Fact]
    public void The_fullest_envelope_fits_its_limit()
    {
        var lines = Enumerable
            .Range(0, 255)
            .Select(_ => (ReadOnlyMemory<byte>)new byte[Envelope.MaxContent / 256])
            .ToList();
        lines.Add(new byte[Envelope.MaxContent - lines.Sum(line => line.Length) - 256]);

        var jwe = Sample.Seal([.. lines]).Jwe;

        jwe.Length.ShouldBeLessThanOrEqualTo(Envelope.MaxBytes);
        Sample.Open(jwe).Required().Lines.Count.ShouldBe(256);
    }

    [Fact]
    public void Sealing_what_no_envelope_can_hold_is_the_callers_error()
    {
        Should.Throw<ArgumentException>(() => Sample.Seal());
        Should.Throw<ArgumentException>(() => Sample.Seal(Sample.Lines(257)));
        Should.Throw<ArgumentException>(() => Sample.Seal("two\nlines"u8.ToArray()));
        Should.Throw<ArgumentException>(() => Sample.Seal(ReadOnlyMemory<byte>.Empty));
        Should.Throw<ArgumentException>(() => Sample.Seal(new byte[Envelope.MaxContent]));
    }

    [Fact]
    public void One_message_is_proven_without_the_others()
    {
        var opened = Sample.Open(Sample.Seal(Sample.Lines(9)).Jwe).Required();

        var leaf = MerkleTree.LeafHash(opened.Lines[6].Span);

        MerkleTree.VerifyInclusion(leaf, 6, 9, opened.InclusionPath(6), opened.Batch.Root).ShouldBeTrue();
        Batch.Open(opened.BatchJws, Sample.RabatKeys.Verifier).Required().ShouldBe(opened.Batch);
    }

    [Fact]
    public void The_key_that_an_envelope_is_for_is_told_without_opening_it()
    {
        Envelope.RecipientKid(Sample.Seal(Sample.Lines(1)).Jwe).ShouldBe(Sample.MadridKeys.Agreement.Kid);
        Envelope.RecipientKid("not an envelope"u8).ShouldBeNull();
    }

    [Fact]
    public void The_same_keys_serve_several_threads_at_once()
    {
        Parallel.For(0, 200, _ => Sample.Open(Sample.Seal(Sample.Lines(2)).Jwe).Required().Lines.Count.ShouldBe(2));
    }
}
