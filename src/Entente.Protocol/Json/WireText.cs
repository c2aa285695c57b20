using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Entente.Protocol;

/// <summary>Reads JSON that someone else wrote, without ever throwing.</summary>
internal static class WireText
{
    /// <summary>The largest whole number that every JSON reader holds exactly (RFC 7493).</summary>
    public const long MaxNumber = (1L << 53) - 1;

    public static Opened<T> Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        if (!IsText(json))
            return Refusal.Malformed("The text is not well-formed Unicode.");
        try
        {
            return JsonSerializer.Deserialize(json, type) is { } value
                ? value
                : Refusal.Malformed($"{typeof(T).Name} is null.");
        }
        catch (JsonException e)
        {
            // The path names members, not values: it may be logged.
            return Refusal.Malformed($"Not a {typeof(T).Name}: at {e.Path ?? "$"}, byte {e.BytePositionInLine}.");
        }
    }

    public static Opened<T> Read<T>(JsonElement json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return json.Deserialize(type) is { } value ? value : Refusal.Malformed($"{typeof(T).Name} is null.");
        }
        catch (JsonException e)
        {
            return Refusal.Malformed($"Not a {typeof(T).Name}: at {e.Path ?? "$"}.");
        }
    }

    /// <summary>Valid UTF-8 whose escapes pair their surrogates: nothing in it can fail to become a string later.</summary>
    public static bool IsText(ReadOnlySpan<byte> json) => Utf8.IsValid(json) && !HasLoneSurrogate(json);

    /// <summary>Whether the character zero is written anywhere in it: JSON may, and many a database cannot keep it.</summary>
    public static bool HasZero(ReadOnlySpan<byte> json)
    {
        for (var i = json.IndexOf((byte)'\\'); i >= 0 && i < json.Length; i = Next(json, i + 2))
        {
            if (TryEscape(json[i..], out var unit) && unit == '\0')
                return true;
        }
        return false;
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        for (var i = json.IndexOf((byte)'\\'); i >= 0 && i < json.Length; i = Next(json, i))
        {
            if (!TryEscape(json[i..], out var unit) || !char.IsSurrogate(unit))
            {
                i += 2;
                continue;
            }
            if (!char.IsHighSurrogate(unit) || !TryEscape(json[(i + 6)..], out var low) || !char.IsLowSurrogate(low))
                return true;
            i += 12;
        }
        return false;
    }

    private static int Next(ReadOnlySpan<byte> json, int from)
    {
        if (from >= json.Length)
            return -1;
        var found = json[from..].IndexOf((byte)'\\');
        return found < 0 ? -1 : from + found;
    }

    private static bool TryEscape(ReadOnlySpan<byte> json, out char unit)
    {
        unit = '\0';
        if (json.Length < 6 || json[0] != '\\' || json[1] != 'u')
            return false;
        if (!ushort.TryParse(json[2..6], System.Globalization.NumberStyles.AllowHexSpecifier, null, out var value))
            return false;
        unit = (char)value;
        return true;
    }
}
