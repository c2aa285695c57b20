using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Entente.Protocol;

/// <summary>RFC 3339, UTC, milliseconds, always 24 characters: <c>2026-11-22T02:33:37.123Z</c>.</summary>
public static class WireTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    internal const int Length = 24;

    public static string Format(DateTimeOffset at) => at.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset at) =>
        DateTimeOffset.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);

    /// <summary>The moment as the wire keeps it: without anything finer than a millisecond.</summary>
    public static DateTimeOffset Round(DateTimeOffset at) =>
        new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);

    internal sealed class Converter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        )
        {
            Span<char> text = stackalloc char[Length];
            return
                reader.TokenType == JsonTokenType.String
                && !reader.HasValueSequence
                && reader.ValueSpan.Length == Length
                && TryParse(text[..reader.CopyString(text)], out var at)
                ? at
                : throw new JsonException("A time is written yyyy-MM-ddTHH:mm:ss.fffZ.");
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
        {
            Span<char> text = stackalloc char[Length];
            value.UtcDateTime.TryFormat(text, out var length, Form, CultureInfo.InvariantCulture);
            writer.WriteStringValue(text[..length]);
        }
    }
}
