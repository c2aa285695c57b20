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
}
