namespace Entente.Protocol;

/// <summary>The compact serialisation: parts joined by full stops.</summary>
internal static class Compact
{
    /// <summary>True when there are exactly as many parts as places for them.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> text, Span<Range> parts)
    {
        var begin = 0;
        for (var i = 0; i < parts.Length - 1; i++)
        {
            var length = text[begin..].IndexOf((byte)'.');
            if (length < 0)
                return false;
            parts[i] = begin..(begin + length);
            begin += length + 1;
        }
        parts[^1] = begin..text.Length;
        return !text[begin..].Contains((byte)'.');
    }
}
