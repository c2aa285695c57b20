using System.Globalization;
using System.Text;
using System.Text.Json;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>
/// The queued line with its seq: the bytes that are hashed, signed and receipted. What is stored stays as it was queued
/// where only the seq is new: encrypting and writing every content a second time would tell nobody more than its row does.
/// </summary>
internal static class FinalLine
{
    private static ReadOnlySpan<byte> Unnumbered => ",\"seq\":0}"u8;

    /// <summary>Whether the seq alone makes it final, whatever else the message holds.</summary>
    public static bool LacksOnlySeq(ReadOnlySpan<byte> stored) => ZeroAt(stored) >= 0;

    /// <summary>A stored line as it was sent or received; as it was queued where it has no seq yet.</summary>
    public static byte[] Of(byte[] stored, long? seq) =>
        seq is { } given && LacksOnlySeq(stored) ? Of(stored, given) : stored;

    public static byte[] Of(byte[] queued, long seq)
    {
        if (ZeroAt(queued) is var zero && zero < 0)
        {
            return (Message.Parse(queued).Required() with { Seq = seq }).ToLine(); // It was checked when it was queued.
        }

        var number = Encoding.ASCII.GetBytes(seq.ToString(CultureInfo.InvariantCulture));
        return [.. queued.AsSpan(0, zero), .. number, .. queued.AsSpan(zero + 1)];
    }

    /// <summary>Where the message's own seq is 0; negative where it is not. Members that the wire does not know come behind it.</summary>
    private static int ZeroAt(ReadOnlySpan<byte> line)
    {
        if (line.EndsWith(Unnumbered))
        {
            return line.Length - 2;
        }

        var zero = -1;
        var reader = new Utf8JsonReader(line);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                var isSeq = reader.ValueTextEquals("seq"u8);
                reader.Read();
                zero =
                    !isSeq ? zero
                    : reader.ValueSpan.SequenceEqual("0"u8) ? (int)reader.TokenStartIndex
                    : -1;
                reader.Skip(); // What lies deeper is not the message's own.
            }
        }

        return zero;
    }
}
