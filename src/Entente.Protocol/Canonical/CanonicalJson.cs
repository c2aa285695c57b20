using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Entente.Protocol;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: no white space, members sorted by UTF-16 code units, numbers as
/// ECMAScript prints them, text unescaped but for what must be. Refuses what has no canonical form: a member named
/// twice, a lone surrogate, a number outside binary64.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly SearchValues<char> Escaped = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(control => (char)control),
        '"',
        '\\',
    ]);

    public static Opened<byte[]> Of(ReadOnlyMemory<byte> json)
    {
        if (!WireText.IsText(json.Span))
            return Refusal.Malformed("The text is not well-formed Unicode.");
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return Refusal.Malformed("The text is not JSON, or names a member twice.");
        }
    }

    public static Opened<byte[]> Of(JsonElement json)
    {
        var output = new StringBuilder();
        return Write(json, output) is { } refusal ? refusal : Encoding.UTF8.GetBytes(output.ToString());
    }

    private static Refusal? Write(JsonElement json, StringBuilder output)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                return WriteObject(json, output);
            case JsonValueKind.Array:
                return WriteArray(json, output);
            case JsonValueKind.String:
                WriteText(json.GetString()!, output); // a string
                return null;
            case JsonValueKind.Number:
                return WriteNumber(json, output);
            case JsonValueKind.Undefined:
                return Refusal.Malformed("There is no JSON.");
            default:
                output.Append(json.GetRawText());
                return null;
        }
    }

    private static Refusal? WriteObject(JsonElement json, StringBuilder output)
    {
        var members = json.EnumerateObject().Select(member => (member.Name, member.Value)).ToArray();
        Array.Sort(members, (a, b) => string.CompareOrdinal(a.Name, b.Name));
        output.Append('{');
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0 && members[i].Name == members[i - 1].Name)
                return Refusal.Malformed("A member is named twice.");
            output.Append(i > 0 ? "," : "");
            WriteText(members[i].Name, output);
            output.Append(':');
            if (Write(members[i].Value, output) is { } refusal)
                return refusal;
        }
        output.Append('}');
        return null;
    }

    private static Refusal? WriteArray(JsonElement json, StringBuilder output)
    {
        var separator = "[";
        foreach (var item in json.EnumerateArray())
        {
            output.Append(separator);
            if (Write(item, output) is { } refusal)
                return refusal;
            separator = ",";
        }
        output.Append(separator == "[" ? "[]" : "]");
        return null;
    }

    private static Refusal? WriteNumber(JsonElement json, StringBuilder output)
    {
        if (!json.TryGetDouble(out var number) || !double.IsFinite(number))
            return Refusal.Malformed("A number is outside what JSON can canonically hold.");
        output.Append(EcmaScriptNumber.Format(number));
        return null;
    }

    private static void WriteText(ReadOnlySpan<char> text, StringBuilder output)
    {
        output.Append('"');
        for (var next = text.IndexOfAny(Escaped); next >= 0; next = text.IndexOfAny(Escaped))
        {
            output.Append(text[..next]);
            WriteEscape(text[next], output);
            text = text[(next + 1)..];
        }
        output.Append(text).Append('"');
    }

    private static void WriteEscape(char c, StringBuilder output) =>
        _ = c switch
        {
            '\b' => output.Append("\\b"),
            '\t' => output.Append("\\t"),
            '\n' => output.Append("\\n"),
            '\f' => output.Append("\\f"),
            '\r' => output.Append("\\r"),
            '"' => output.Append("\\\""),
            '\\' => output.Append("\\\\"),
            _ => output.Append("\\u00").Append(((int)c).ToString("x2", null)),
        };
}
