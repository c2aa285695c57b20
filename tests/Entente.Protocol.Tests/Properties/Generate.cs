using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Entente.Protocol.Tests;

/// <summary>Generators of what may travel, and of what should not.</summary>
internal static class Generate
{
    public static Config Times(int count) => Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true);

    /// <summary>Any Unicode text: letters of several scripts, controls, bidi marks, astral planes; no lone surrogates.</summary>
    public static readonly Gen<string> Text = Gen.Frequency(
            (6, Gen.Choose(0x20, 0x7e)),
            (1, Gen.Choose(0, 0x1f)),
            (2, Gen.Choose(0x600, 0x6ff)),
            (1, Gen.Choose(0x80, 0xd7ff)),
            (1, Gen.Choose(0xe000, 0xffff)),
            (1, Gen.Choose(0x10000, 0x10ffff)),
            (1, Gen.Elements('"', '\\', '\n', '\r', '\u2028', '\u202e', '\u0000', '/').Select(c => (int)c))
        )
        .ListOf()
        .Select(points => string.Concat(points.Select(char.ConvertFromUtf32)));

    public static readonly Gen<byte[]> Bytes = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();

    public static readonly Gen<double> Number = Gen.OneOf(
        Gen.Choose(int.MinValue, int.MaxValue).Select(value => (double)value),
        Bytes.Where(bytes => bytes.Length >= 8).Select(bytes => BitConverter.ToDouble(bytes)).Where(double.IsFinite)
    );

    public static Gen<JsonElement> Json(int depth) =>
        depth == 0
            ? Gen.OneOf(
                Text.Select(Element),
                Number.Select(Element),
                Gen.Elements(Element(true), Element(false), Element<string?>(null))
            )
            : Gen.OneOf(Json(0), Json(depth - 1).ListOf().Select(Element), Object(depth).Select(Element));

    public static Gen<Dictionary<string, JsonElement>> Object(int depth) =>
        Gen.Zip(Text, Json(depth - 1)).ListOf().Select(Members);

    public static readonly Gen<Message> Message = AnyMessage()
        .Where(message =>
            !System.Text.Encoding.UTF8.GetString(message.ToLine()).Contains("\\u0000", StringComparison.Ordinal)
        );

    /// <summary>Some with the character zero, which no message may write.</summary>
    private static Gen<Message> AnyMessage() =>
        from subject in Text
        from purpose in Text.OrNull()
        from body in Object(3)
        from novel in Object(2)
        from handling in Text.ListOf()
        from properties in Gen.Zip(Text, Text).ListOf()
        from type in Gen.Elements(Enum.GetValues<SubjectType>())
        from content in Bytes
        from milliseconds in Gen.Choose(0, int.MaxValue)
        select Sample.Request() with
        {
            Subject = subject,
            Purpose = purpose,
            Body = Element(body),
            Handling = [.. handling],
            Subjects = [Protocol.Subject.Of(type, [.. properties])],
            Attachments =
            [
                new Attachment(subject, "application/octet-stream", content.Length, Hash.Of(content))
                {
                    Content = content,
                },
            ],
            Sent = Sample.At.AddMilliseconds(milliseconds),
            Unknown = novel.ToDictionary(member => "x-" + member.Key, member => member.Value),
        };

    /// <summary>
    /// Bytes near to right ones: some bits changed, pieces cut out, doubled, or replaced by what parsers stumble over.
    /// </summary>
    public static Gen<byte[]> Near(params byte[][] right) =>
        from start in Gen.Elements(right)
        from edits in Gen.Zip(Gen.Choose(0, start.Length), Gen.Zip(Gen.Choose(0, 12), Gen.Elements(Stumbles))).ListOf()
        select edits
            .Take(3)
            .Aggregate(start, (bytes, edit) => Edit(bytes, edit.Item1, edit.Item2.Item1, edit.Item2.Item2));

    private static readonly string[] Stumbles =
    [
        "",
        "null",
        "-1",
        "1e999",
        "99999999999999999999",
        "0.5",
        "\"\"",
        "{}",
        "[]",
        "[null]",
        "{\"a\":1,\"a\":2}",
        "\\ud800",
        "\\udc00\\ud800",
        "\"\\uD83D\"",
        "\u0000",
        "\n",
        "\"v\":1,",
        "\"",
        "}",
        ".",
        "=",
        "true",
        new string('[', 70),
        "é",
        "2026-11-22T02:33:37.123Z",
    ];

    private static byte[] Edit(byte[] bytes, int at, int cut, string insert)
    {
        at = Math.Min(at, bytes.Length);
        var rest = Math.Min(bytes.Length, at + cut);
        if (insert.Length == 0 && at < bytes.Length)
            return [.. bytes[..at], (byte)(bytes[at] ^ (1 << (cut % 8))), .. bytes[(at + 1)..]];
        return [.. bytes[..at], .. Encoding.UTF8.GetBytes(insert), .. bytes[rest..]];
    }

    private static Dictionary<string, JsonElement> Members(IEnumerable<(string Name, JsonElement Value)> members) =>
        members.DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => member.Value);

    private static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value);
}
