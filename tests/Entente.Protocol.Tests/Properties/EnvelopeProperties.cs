using FsCheck;
using FsCheck.Fluent;

namespace Entente.Protocol.Tests;

public sealed class EnvelopeProperties
{
    [Fact]
    public void Any_message_survives_sealing_and_opening() =>
        Prop.ForAll(
                Generate.Message.ToArbitrary(),
                message =>
                {
                    var line = message.ToLine();
                    var opened = Sample.Open(Sample.Seal(line).Jwe).Required();
                    return opened.Lines[0].Span.SequenceEqual(line)
                        && opened.Read(0).Required().ToLine().SequenceEqual(line);
                }
            )
            .Check(Generate.Times(300));

    [Fact]
    public void Any_flipped_bit_anywhere_is_refused()
    {
        var jwe = Sample.Seal(Sample.Lines(1)).Jwe;

        Prop.ForAll(
                Gen.Choose(0, (jwe.Length * 8) - 1).ToArbitrary(),
                bit =>
                {
                    var altered = jwe.ToArray();
                    altered[bit / 8] ^= (byte)(1 << (bit % 8));
                    return !Sample.Open(altered).Ok;
                }
            )
            .Check(Generate.Times(2000));
    }

    [Fact]
    public void Every_flipped_bit_of_header_nonce_and_tag_is_refused()
    {
        var jwe = Sample.Seal(Sample.Lines(1)).Jwe;
        var header = jwe.AsSpan().IndexOf((byte)'.') + 20;
        var positions = Enumerable.Range(0, header).Concat(Enumerable.Range(jwe.Length - 30, 30)).ToArray();

        foreach (var position in positions)
            for (var bit = 0; bit < 8; bit++)
            {
                var altered = jwe.ToArray();
                altered[position] ^= (byte)(1 << bit);
                Sample.Open(altered).Ok.ShouldBeFalse($"bit {bit} of byte {position}");
            }
    }
}
