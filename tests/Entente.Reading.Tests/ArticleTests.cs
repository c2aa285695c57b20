using System.Text.Json;

namespace Entente.Reading.Tests;

/// <summary>Whole articles of our own, each with the values that must be read from it.</summary>
public sealed class ArticleTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Articles");

    public static TheoryData<string> Names() =>
        [
            .. Directory
                .GetFiles(Folder, "*.txt")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Names))]
    public void Article_gives_what_its_label_says(string name)
    {
        var reading = CommuniqueReader.Default.Read(File.ReadAllText(Path.Combine(Folder, name + ".txt")));
        using var label = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        var found = Flat(reading);

        foreach (var field in label.RootElement.EnumerateObject())
            found[field.Name].ShouldBe(Expected(field.Value), field.Name);
    }

    private static string Expected(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(item => item.GetString())),
            JsonValueKind.Null => "",
            _ => value.GetString()!,
        };

    private static Dictionary<string, string> Flat(Reading reading) =>
        new(StringComparer.Ordinal)
        {
            ["language"] = reading.Language,
            ["published"] = $"{reading.Published?.Value:yyyy-MM-dd}",
            ["kind"] = reading.Encounter.Kind.Value,
            ["date"] = $"{reading.Encounter.Date?.Value:yyyy-MM-dd}",
            ["place"] = reading.Encounter.Place?.Value ?? "",
            ["formats"] = Sorted(reading.Encounter.Formats),
            ["partners"] = Sorted(reading.Partners),
            ["participants"] = string.Join(
                ", ",
                reading.Participants.Select(p => $"{p.Native ?? p.Name}|{p.Role}|{p.Side}")
            ),
            ["domains"] = Sorted(reading.Domains),
            ["commitments"] = Sorted(reading.Commitments),
            ["bodies"] = Sorted(reading.Bodies),
            ["instruments"] = string.Join(", ", reading.Instruments.Select(i => $"{i.Type}|{i.Status}")),
            ["results"] = string.Join(", ", reading.Results.Select(r => $"{r.Type}|{r.Count}")),
        };

    private static string Sorted(IReadOnlyList<Found<string>> values) =>
        string.Join(", ", values.Select(value => value.Value).Order(StringComparer.Ordinal));
}
