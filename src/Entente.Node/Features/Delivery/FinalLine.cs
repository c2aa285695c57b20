using System.Globalization;
using System.Text;
using Entente.Protocol;

namespace Entente.Node.Features.Delivery;

/// <summary>The queued line with its seq: the bytes that are hashed, signed and receipted.</summary>
internal static class FinalLine
{
    private static ReadOnlySpan<byte> Unnumbered => ",\"seq\":0}"u8;

    public static byte[] Of(byte[] queued, long seq)
    {
        if (!queued.AsSpan().EndsWith(Unnumbered))
        {
            return (Message.Parse(queued).Required() with { Seq = seq }).ToLine(); // It was checked when it was queued.
        }

        // The last member is the message's own: the line's last brace closes the message.
        var end = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seq}}}"));
        return [.. queued.AsSpan(0, queued.Length - 2), .. end];
    }
}
