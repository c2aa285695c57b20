using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Entente.Reading;

/// <summary>Writes a reading as one line of JSON, without evidence, in the shape labelled texts use.</summary>
public static class ReadingJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="file">Added as <c>file</c> when given.</param>
    public static string Write(Reading reading, string? file = null)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            if (file is not null)
                json.WriteString("file", file);
            json.WriteString("language", reading.Language);
            json.WriteString("published", Iso(reading.Published));
            WriteEncounter(json, reading.Encounter);
            WriteValues(json, "partners", reading.Partners);
            WriteParticipants(json, reading.Participants);
            WriteValues(json, "bodies", reading.Bodies);
            WriteValues(json, "domains", reading.Domains);
            WriteValues(json, "commitments", reading.Commitments);
            WriteInstruments(json, reading.Instruments);
            WriteResults(json, reading.Results);
            WriteValues(json, "mentioned", reading.Mentioned);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string? Iso(Found<DateOnly>? date) =>
        date?.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void WriteEncounter(Utf8JsonWriter json, Encounter encounter)
    {
        json.WriteStartObject("encounter");
        json.WriteString("kind", encounter.Kind.Value);
        json.WriteString("date", Iso(encounter.Date));
        json.WriteString("place", encounter.Place?.Value);
        WriteValues(json, "formats", encounter.Formats);
        json.WriteEndObject();
    }

    private static void WriteValues(Utf8JsonWriter json, string key, IReadOnlyList<Found<string>> values)
    {
        json.WriteStartArray(key);
        foreach (var value in values)
            json.WriteStringValue(value.Value);
        json.WriteEndArray();
    }

    private static void WriteParticipants(Utf8JsonWriter json, IReadOnlyList<Participant> participants)
    {
        json.WriteStartArray("participants");
        foreach (var person in participants)
        {
            json.WriteStartObject();
            json.WriteString("name", person.Name);
            if (person.Native is not null)
                json.WriteString("native", person.Native);
            json.WriteString("role", person.Role);
            json.WriteString("side", person.Side);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteInstruments(Utf8JsonWriter json, IReadOnlyList<Instrument> instruments)
    {
        json.WriteStartArray("instruments");
        foreach (var instrument in instruments)
        {
            json.WriteStartObject();
            json.WriteString("type", instrument.Type);
            json.WriteString("status", instrument.Status);
            json.WriteString("date", instrument.Date);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteResults(Utf8JsonWriter json, IReadOnlyList<Result> results)
    {
        json.WriteStartArray("results");
        foreach (var result in results)
        {
            json.WriteStartObject();
            json.WriteString("type", result.Type);
            if (result.Count is { } count)
                json.WriteNumber("count", count);
            else
                json.WriteNull("count");
            json.WriteStartArray("countries");
            foreach (var country in result.Countries)
                json.WriteStringValue(country);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
