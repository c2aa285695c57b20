using System.Globalization;
using System.Text;
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
    public static bool LacksOnlySeq(ReadOnlySpan<byte> stored) => stored.EndsWith(Unnumbered);

    /// <summary>A stored line as it was sent or received; as it was queued where it has no seq yet.</summary>
    public static byte[] Of(byte[] stored, long? seq) =>
        seq is { } given && LacksOnlySeq(stored) ? Of(stored, given) : stored;

    public static byte[] Of(byte[] queued, long seq)
    {
        if (!LacksOnlySeq(queued))
        {
            return (Message.Parse(queued).Required() with { Seq = seq }).ToLine(); // It was checked when it was queued.
        }

        // The last member is the message's own: the line's last brace closes the message.
        var end = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seq}}}"));
        return [.. queued.AsSpan(0, queued.Length - 2), .. end];
    }
}
